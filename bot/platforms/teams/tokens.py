"""Who may call: tokens of the Bot Framework are checked by the SDK, around the faults of its final release."""

import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field

from botbuilder.schema import Activity, ChannelAccount
from botframework.connector.auth import (
    AppCredentials,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    BotFrameworkAuthenticationFactory,
    GovernmentConstants,
    MicrosoftAppCredentials,
    MicrosoftGovernmentAppCredentials,
    PasswordServiceClientCredentialFactory,
)
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor
from botframework.connector.auth.managedidentity_app_credentials import ManagedIdentityAppCredentials

from bot.platforms.teams.incoming import Json

REFRESH_SECONDS = 60.0
"""How often keys are fetched again at most for a token that names an unknown one."""
Claims = Mapping[str, object]
GOVERNMENT = "https://botframework.azure.us"
MANAGED_IDENTITY = "UserAssignedMSI"


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
    kind = MicrosoftGovernmentAppCredentials if given.channel_service == GOVERNMENT else MicrosoftAppCredentials
    made: AppCredentials = kind(given.app_id, given.password, tenant, given.scope or None)
    if given.login_url:
        made.oauth_endpoint = given.login_url
    return made


class Tokens:
    """Checks the tokens of callers; safe to use from any thread, and not from an event loop."""

    def __init__(self, given: Credentials, clock: Callable[[], float] = time.monotonic) -> None:
        self._framework = _framework(given)
        self._app_id = given.app_id
        self._issuer = "" if given.anonymous else given.issuer or _issuer(given.channel_service)
        self._clock = clock
        self._refreshed = float("-inf")
        self._lock = threading.Lock()

    def is_valid(self, activity: Json, header: str | None) -> bool:
        """Whether the caller may speak for Teams about this activity."""
        try:
            self._check(activity, header)
        except IndexError:
            # The SDK's way to say that a key is unknown: keys change, and it keeps old ones for a day.
            return self._with_new_keys(activity, header)
        except Exception:  # the SDK raises thirteen kinds of error for bad tokens: whatever it is, nobody gets in
            return False
        return True

    def _with_new_keys(self, activity: Json, header: str | None) -> bool:
        with self._lock:
            if self._clock() - self._refreshed < REFRESH_SECONDS:
                return False
            self._refreshed = self._clock()
            JwtTokenExtractor.metadataCache.clear()
        try:
            self._check(activity, header)
        except Exception:
            return False
        return True

    def _check(self, activity: Json, header: str | None) -> None:
        recipient = activity.get("recipient")
        about = Activity(
            type=str(activity.get("type")),
            channel_id=str(activity.get("channelId") or ""),
            service_url=str(activity.get("serviceUrl") or ""),
            recipient=ChannelAccount(role=str(recipient.get("role") or "") if isinstance(recipient, dict) else ""),
        )
        # An empty header crashes the SDK where it should say that there is none.
        claims = _run(_claims(self._framework, about, header or None))
        # The SDK also lets in what an emulator or another app would send, and looks less closely at those.
        if self._issuer and (claims.get("iss"), claims.get("aud")) != (self._issuer, self._app_id):
            raise PermissionError("not from the channel")


def _run(checking: Coroutine[None, None, Claims]) -> Claims:
    """The end of a coroutine that waits for nothing: the SDK's asks for keys in a blocking way, and needs no loop."""
    try:
        checking.send(None)
    except StopIteration as done:
        claims: Claims = done.value
        return claims
    finally:
        checking.close()
    raise PermissionError("the check did not end")


async def _claims(framework: BotFrameworkAuthentication, about: Activity, header: str | None) -> Claims:
    result = await framework.authenticate_request(about, header)
    claims: Claims = result.claims_identity.claims
    return claims


def _issuer(channel_service: str) -> str:
    constants = GovernmentConstants if channel_service == GOVERNMENT else AuthenticationConstants
    return str(constants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER)


def _framework(given: Credentials) -> BotFrameworkAuthentication:
    factory = PasswordServiceClientCredentialFactory(given.app_id or None, given.password or None, given.tenant or None)
    if not (given.metadata_url or given.issuer or given.login_url):
        return BotFrameworkAuthenticationFactory.create(
            channel_service=given.channel_service, credential_factory=factory
        )
    return BotFrameworkAuthenticationFactory.create(
        to_channel_from_bot_login_url=given.login_url,
        to_channel_from_bot_oauth_scope=given.scope,
        to_bot_from_channel_token_issuer=given.issuer,
        to_bot_from_channel_open_id_metadata_url=given.metadata_url,
        # Tokens of local emulators would be checked with these keys; there are none that such a token could name.
        to_bot_from_emulator_open_id_metadata_url=given.metadata_url,
        credential_factory=factory,
    )
