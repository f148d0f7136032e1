"""Turns errors of the database into ours, without the values that databases like to quote."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from bot.errors import StoreError

UNREACHABLE = "The database cannot be reached. Nothing was stored; please try again."
REFUSED = "The database refused the write. Nothing was stored."


@contextmanager
def plain_errors() -> Iterator[None]:
    """Raise StoreError for anything the database does not like."""
    try:
        yield
    except OperationalError as error:
        raise StoreError(UNREACHABLE) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreError(UNREACHABLE) from None
        # PostgreSQL's details quote the whole row ("Failing row contains …"): the cause must not be printed.
        raise StoreError(f"{REFUSED} ({type(error).__name__})") from None
    except SQLAlchemyError as error:
        raise StoreError(f"{REFUSED} ({type(error).__name__})") from None
