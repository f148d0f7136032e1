"""Works off accepted events: messages, mentions, edits, deletions, opened tabs, and presses that can wait."""

import json
from typing import Any

from slack_sdk import WebClient

from bot.domain.people import Person
from bot.platforms.chat.words import COULD_NOT
from bot.platforms.slack import words
from bot.platforms.slack.answering import Asked, answer, direct, note
from bot.platforms.slack.blocks import Block, Posting, actions, button, paragraphs
from bot.platforms.slack.client import answers_to, call, post
from bot.platforms.slack.home import closed_view, home_view
from bot.platforms.slack.incoming import Said, from_a_person, person, said
from bot.platforms.slack.outgoing import card_postings
from bot.platforms.slack.presses import PRIVATE_CHECK, pressed
from bot.platforms.slack.site import Site
from bot.turns import Turn

Json = dict[str, Any]
TOO_OLD = 24 * 60 * 60
"""Seconds after which a question is no longer answered."""
LEFT_ALONE = frozenset(
    {"message_replied", "channel_join", "channel_leave", "bot_message", "channel_topic", "pinned_item"}
)


class Events:
    """Everything that was acknowledged before it was answered."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._bots: dict[str, str] = {}

    def handle(self, turn: Turn) -> None:
        """Answer one event; raises DeliveryError."""
        envelope: Json = json.loads(turn.accepted.payload)
        if "event" not in envelope:
            pressed(self._site, envelope, turn)
        elif self._site.now().timestamp() - float(envelope.get("event_time") or "inf") > TOO_OLD:
            # Slack or its token was away for a day: by now the question has been asked again, or somebody else.
            self._site.count("too_old")
        else:
            self._event(envelope, turn)

    def give_up(self, turn: Turn) -> None:
        """Tell whoever wrote that it could not be done; raises DeliveryError."""
        envelope: Json = json.loads(turn.accepted.payload)
        event = envelope.get("event") or {}
        user = str(event.get("user") or (envelope.get("user") or {}).get("id") or envelope.get("user_id") or "")
        team = str(envelope.get("team_id") or (envelope.get("team") or {}).get("id") or "")
        if user:
            client = self._site.clients.of(team)
            post(client, direct(client, user), None, [note(COULD_NOT)], f"{turn.accepted.id}/sorry", again=True)

    def _event(self, envelope: Json, turn: Turn) -> None:
        event, team = envelope["event"], str(envelope["team_id"])
        kind = event.get("type")
        if kind == "message":
            self._message(team, event, turn)
        elif kind == "app_mention" and from_a_person(event, self._bot(team)):
            mention = said(team, event)
            if event.get("edited"):
                self._take_back(mention, but=turn.accepted.id)
            answer(self._site, Asked(mention, turn.accepted.id, turn.accepted.again))
        elif kind == "app_home_opened":
            self._opened(team, event, turn)

    def _message(self, team: str, event: Json, turn: Turn) -> None:
        subtype = event.get("subtype")
        if subtype == "message_changed":
            self._changed(team, event, turn)
        elif subtype == "message_deleted":
            self._deleted(team, event)
        elif subtype in LEFT_ALONE or not from_a_person(event, self._bot(team)):
            return
        elif event.get("channel_type") == "im":
            answer(self._site, Asked(said(team, event), turn.accepted.id, turn.accepted.again))
        elif event.get("files") and f"<@{self._bot(team)}>" not in str(event.get("text")):
            self._offer(said(team, event), turn)

    def _changed(self, team: str, event: Json, turn: Turn) -> None:
        """An edited question is answered anew, in place of the old answer; unfurled links are no edit."""
        now, before = event.get("message") or {}, event.get("previous_message") or {}
        if now.get("text") == before.get("text") or not from_a_person(now, self._bot(team)):
            return
        # Told of edits in channels too, it answers those that mention it.
        is_direct = event.get("channel_type") == "im"
        if not is_direct and f"<@{self._bot(team)}>" not in str(now.get("text")):
            return
        whole = {**now, "channel": event["channel"], "channel_type": event.get("channel_type")}
        edited = said(team, whole)
        self._take_back(edited, but=turn.accepted.id)
        answer(self._site, Asked(edited, turn.accepted.id, turn.accepted.again))

    def _deleted(self, team: str, event: Json) -> None:
        """With the question its answer goes: it may say what the question was about."""
        gone = event.get("previous_message") or {}
        if from_a_person(gone, self._bot(team)):
            whole = {**gone, "channel": event["channel"], "channel_type": event.get("channel_type")}
            self._take_back(said(team, whole))

    def _take_back(self, one: Said, but: str = "") -> None:
        """Delete the answers to a message, in its thread and in a direct message; those of the event `but` stay."""
        client = self._site.clients.of(one.team)
        places = (
            [(one.channel, one.thread)] if one.direct else [(one.channel, one.thread), (direct(client, one.user), None)]
        )
        for channel, thread in places:
            found = answers_to(client, channel, thread, one.ts, but)
            # What was answered in private stands in threads of its own.
            inside = [ts for root in found if thread is None for ts in answers_to(client, channel, root, one.ts, but)]
            for ts in dict.fromkeys((*inside, *found)):
                call(lambda channel=channel, ts=ts: client.chat_delete(channel=channel, ts=ts))  # type: ignore[misc]

    def _offer(self, one: Said, turn: Turn) -> None:
        """Offer whoever posted a file in a channel to check it where nobody else reads."""
        client = self._site.clients.of(one.team)
        if call(lambda: self._site.gate.outsiders_listen(client, one.team, one.channel)):
            self._site.count("outsiders_listen")
            return
        ids = ",".join(str(file.get("id")) for file in one.files[:10])
        blocks: list[Block] = [*paragraphs(words.OFFER), *actions([button("Check it privately", PRIVATE_CHECK, ids)])]
        thread = one.thread if one.thread != one.ts else None
        call(
            lambda: client.chat_postEphemeral(
                channel=one.channel, user=one.user, thread_ts=thread, text=words.OFFER, blocks=blocks
            )
        )

    def _opened(self, team: str, event: Json, turn: Turn) -> None:
        client = self._site.clients.of(team)
        somebody = person(team, str(event["user"]))
        if call(lambda: self._site.gate.is_outsider(client, team, str(event["user"]))):
            self._site.count("outsider")
            call(lambda: client.views_publish(user_id=str(event["user"]), view=closed_view()))
        elif event.get("tab") == "messages":
            self._greet(client, str(event["channel"]), turn)
        else:
            self._publish(client, str(event["user"]), somebody)

    def _greet(self, client: WebClient, channel: str, turn: Turn) -> None:
        """Offer prompts each time, and greet somebody who never talked with this app before."""
        prompts = [{"title": title, "message": message} for title, message in words.PROMPTS]
        try:
            client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
        except Exception:
            # Prompts are a convenience; a workspace without the agent surface refuses them.
            self._site.count("no_prompts")
        history = call(lambda: client.conversations_history(channel=channel, limit=1))
        if not history["messages"]:
            greeting: list[Posting] = list(card_postings(words.help_card()))
            post(client, channel, None, greeting, f"{turn.accepted.id}/hello", again=turn.accepted.again)

    def _publish(self, client: WebClient, user: str, somebody: Person) -> None:
        view = home_view(self._site.desk.home(somebody, self._site.now()))
        call(lambda: client.views_publish(user_id=user, view=view))

    def _bot(self, team: str) -> str:
        """The user id of this app in a workspace."""
        if team not in self._bots:
            client = self._site.clients.of(team)
            self._bots[team] = str(call(client.auth_test)["user_id"])
        return self._bots[team]
