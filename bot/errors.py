"""The error tree.

SendcheckError                      a message fit for the user, and whether trying again can help
├── SettingError                    a setting is wrong: said in one line at start, names the setting
├── GuidanceError                   the guidance folder cannot be used
├── ActError (domain/component)      a button or form asks for what cannot be done, or a field is wrong
├── DeliveryError (domain/ports/post) a card could not be delivered
├── StoreError                      the database cannot be reached or refused the write
└── SandboxError                    the checking process itself could not be started
"""


class SendcheckError(Exception):
    """Base of every error of ours; its text is shown to people and holds no personal data."""

    permanent = True


class SettingError(SendcheckError):
    """A setting has a value that cannot be used."""


class GuidanceError(SendcheckError):
    """The guidance folder is missing, empty or unreadable."""


class StoreError(SendcheckError):
    """The database cannot be reached or refused the write; trying again may help."""

    permanent = False


class SandboxError(SendcheckError):
    """The process that checks files could not be started; trying again may help."""

    permanent = False
