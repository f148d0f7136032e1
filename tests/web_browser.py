"""What a person does in the web chat, for tests in a browser."""

import base64
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Page


def look(page: Page, picture: Path, state: str, *, whole: bool = True) -> None:
    """Take a picture; a whole page is shown in a window as high as the page, since its top and bottom stay in sight."""
    before = page.viewport_size
    assert before is not None
    if whole:
        page.evaluate("() => scrollTo(0, 0)")
        height = page.evaluate("() => document.documentElement.scrollHeight")
        page.set_viewport_size({"width": before["width"], "height": max(before["height"], height)})
    page.screenshot(path=f"{picture}-{state}.png", animations="disabled")
    page.set_viewport_size(before)


def ask(page: Page, text: str) -> None:
    """Type a message and press Enter."""
    page.get_by_label("What do you want to send").fill(text)
    page.keyboard.press("Enter")


def png() -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(stream, "PNG")
    return stream.getvalue()


def paste(page: Page, name: str, content: bytes) -> None:
    """Paste a file the way a browser does: a paste event that carries it."""
    page.evaluate(
        """([name, content]) => {
          const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, { type: "image/png" }));
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
        }""",
        [name, base64.b64encode(content).decode()],
    )


def attached(name: str, content: bytes) -> FilePayload:
    """A file as the picker takes it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}
