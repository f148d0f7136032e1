"""Who may call: tokens of the Bot Framework are checked by the SDK, around the faults of its final release."""

import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import jwt
from botbuilder.schema import Activity, ChannelAccount
from botframework.connector.auth import (
    AppCredentials,
    AuthenticationConstants,
    BotFrameworkAuthenticationFactory,
    GovernmentConstants,
    MicrosoftAppCredentials,
    MicrosoftGovernmentAppCredentials,
    PasswordServiceClientCredentialFactory,
)
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor
from botframework.connector.auth.managedidentity_app_credentials import ManagedIdentityAppCredentials
from msal import ConfidentialClientApplication

from bot.platforms.teams.incoming import Json
from bot.platforms.teams.keys import Fetch, Keys, KeysUnreachableError, UnknownKeyError, fetched

Claims = Mapping[str, object]
GOVERNMENT = "https://botframework.azure.us"
MANAGED_IDENTITY = "UserAssignedMSI"
TOKEN_SECONDS = 10
"""How long our own token is waited for."""


class Refusal(StrEnum):
    """Why a caller is not let in; the metrics count by it."""

    NO_TOKEN = "no_token"  # noqa: S105 - words, no secrets
    BAD_TOKEN = "bad_token"  # noqa: S105
    OUT_OF_TIME = "token_out_of_time"
    """Expired or not yet good, by more than the five minutes that clocks may differ."""
    UNKNOWN_KEY = "unknown_key"
    KEYS_UNREACHABLE = "keys_unreachable"
    """Nobody can tell now whether it is good: to be sent again."""


@dataclass(frozen=True)
class Credentials:
    """What the operator set for Teams; the addresses are for tests and sovereign clouds."""

    app_id: str = ""
    password: str = field(repr=False, default="")
    tenant: str = ""
    kind: str = "SingleTenant"
    channel_service: str = ""
    metadata_url: str = ""
    issuer: str = ""
    login_url: str = ""
    scope: str = ""

    @property
    def anonymous(self) -> bool:
        """Whether anybody may call, which is for a local client alone."""
        return not self.app_id


def outbound(given: Credentials) -> AppCredentials:
    """What our own calls are signed with; one object, so that one token serves all calls."""
    if given.anonymous:
        return MicrosoftAppCredentials.empty()
    if given.kind == MANAGED_IDENTITY:
        return ManagedIdentityAppCredentials(given.app_id, given.scope or None)
    tenant = given.tenant if given.kind == "SingleTenant" else None
    kind = _ForGovernment if given.channel_service == GOVERNMENT else _ForAll
    made: AppCredentials = kind(given.app_id, given.password, tenant, given.scope or None)
    if given.login_url:
        made.oauth_endpoint = given.login_url
    return made


class _Timed:
    """Adds to the SDK's credentials that an answer is not waited for without end."""

    _making = threading.Lock()

    def get_access_token(self, force_refresh: bool = False) -> str:
        """Our token; raises what MSAL, requests and the SDK raise."""
        with self._making:
            # Made when it is first used: making it asks the authority, which may be away at the start.
            self.app = getattr(self, "app", None) or ConfidentialClientApplication(
                self.microsoft_app_id,  # type: ignore[attr-defined]  # the SDK has no types
                self.microsoft_app_password,  # type: ignore[attr-defined]
                self.oauth_endpoint,  # type: ignore[attr-defined]
                timeout=TOKEN_SECONDS,
            )
        return str(super().get_access_token(force_refresh))  # type: ignore[misc]


class _ForAll(_Timed, MicrosoftAppCredentials):  # type: ignore[misc]
    """Of the public cloud, or of the one whose addresses are set."""


class _ForGovernment(_Timed, MicrosoftGovernmentAppCredentials):  # type: ignore[misc]
    """Of the government of the United States."""


def metadata_url(given: Credentials) -> str:
    """Where the keys are told that callers' tokens are signed with."""
    return given.metadata_url or str(_cloud(given).TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL)


def _cloud(given: Credentials) -> Any:
    """The SDK's addresses of the cloud that the app is of."""
    return GovernmentConstants if given.channel_service == GOVERNMENT else AuthenticationConstants


class Tokens:
    """Checks the tokens of callers; safe to use from any thread."""

    def __init__(self, given: Credentials, clock: Callable[[], float] = time.monotonic, fetch: Fetch = fetched) -> None:
        # The SDK's other way, without addresses of our own, needs an event loop and is another code for every cloud.
        cloud, keys_at = _cloud(given), metadata_url(given)
        self._anonymous = given.anonymous
        self._expected = (given.issuer or cloud.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER, given.app_id)
        JwtTokenExtractor.metadataCache[keys_at] = Keys(keys_at, clock, fetch)
        self._framework = BotFrameworkAuthenticationFactory.create(
            to_channel_from_bot_login_url=given.login_url or cloud.TO_CHANNEL_FROM_BOT_LOGIN_URL,
            to_channel_from_bot_oauth_scope=given.scope or cloud.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
            to_bot_from_channel_token_issuer=self._expected[0],
            to_bot_from_channel_open_id_metadata_url=keys_at,
            # Tokens of local emulators would be checked with these keys; no such token comes as far as that.
            to_bot_from_emulator_open_id_metadata_url=keys_at,
            credential_factory=PasswordServiceClientCredentialFactory(
                given.app_id or None, given.password or None, given.tenant or None
            ),
        )

    def refusal(self, activity: Json, header: str | None) -> Refusal | None:
        """Why the caller may not speak for Teams about this activity; None when they may."""
        try:
            self._check(activity, header)
        except KeysUnreachableError:
            return Refusal.KEYS_UNREACHABLE
        except UnknownKeyError:
            return Refusal.UNKNOWN_KEY
        except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError):
            return Refusal.OUT_OF_TIME
        except Exception:  # the SDK raises thirteen kinds of error for bad tokens: whatever it is, nobody gets in
            return Refusal.BAD_TOKEN if header else Refusal.NO_TOKEN
        return None

    def _check(self, activity: Json, header: str | None) -> None:
        if not self._anonymous:
            # The SDK also lets in what an emulator or another app would send, and looks less closely at those.
            claims = jwt.decode((header or "").partition(" ")[2], options={"verify_signature": False})
            if (claims.get("iss"), claims.get("aud")) != self._expected:
                raise PermissionError("not from the channel")
        recipient = activity.get("recipient")
        about = Activity(
            type=str(activity.get("type")),
            channel_id=str(activity.get("channelId") or ""),
            service_url=str(activity.get("serviceUrl") or ""),
            recipient=ChannelAccount(role=str(recipient.get("role") or "") if isinstance(recipient, dict) else ""),
        )
        # An empty header crashes the SDK where it should say that there is none.
        _run(self._framework.authenticate_request(about, header or None))


def _run(checking: Coroutine[None, None, object]) -> None:
    """Run a coroutine that waits for nothing to its end: it needs no event loop."""
    try:
        checking.send(None)
    except StopIteration:
        return
    finally:
        checking.close()
    raise PermissionError("the check did not end")
