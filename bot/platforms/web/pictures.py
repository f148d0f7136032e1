"""Charts that go with cards, kept in memory for as long as a page may ask for them."""

import hashlib
from collections import OrderedDict

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.domain.card import Picture

MOST_PICTURES = 100
_PNG = b"\x89PNG\r\n\x1a\n"


class Pictures:
    """The last pictures shown, each at an address made of its own content."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def keep(self, picture: Picture) -> str:
        """Keep a picture, and give the address at which a page finds it."""
        name = hashlib.sha256(picture.png).hexdigest()
        self._kept[name] = picture.png
        self._kept.move_to_end(name)
        while len(self._kept) > MOST_PICTURES:
            self._kept.popitem(last=False)
        return f"/picture/{name}"

    async def picture(self, request: Request) -> Response:
        """One picture; nothing that is not a PNG is served as one."""
        content = self._kept.get(request.path_params["name"], b"")
        if not content.startswith(_PNG):
            return PlainTextResponse("This picture is no longer here. Reload the page.\n", status_code=404)
        return Response(content, media_type="image/png")
