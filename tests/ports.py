"""A port for a server whose address must be known before it starts."""

import random
import socket

# Below the ports that systems give to outgoing connections: nothing else takes it meanwhile.
_FIRST, _LAST = 20_000, 31_999


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    while True:
        port = random.SystemRandom().randint(_FIRST, _LAST)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
