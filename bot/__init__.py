"""Can I Send This? — the assistant: what it says, checks and records. Start reading at `bot/respond.py`."""

import os

# Before anything imports numpy: its second thread for products of small matrices does little but wait, and doubles the
# work of an answer. `python -m bench retrieval` shows it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
