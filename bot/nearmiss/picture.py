"""The digest's one picture."""

from collections.abc import Sequence
from io import BytesIO

from bot.domain.card import Picture
from bot.nearmiss.suppress import LEAST


def weeks(counts: Sequence[tuple[str, int]]) -> Picture:
    """Reports by week as bars; a week with fewer than five is drawn as that, not as its number."""
    # Loaded here because it takes longer to load than most starts need; without pyplot no picture is kept.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3), dpi=110, layout="constrained")
    axes = figure.subplots()
    names = [name for name, _ in counts]
    small = [0 < count < LEAST for _, count in counts]
    heights = [LEAST if hidden else count for (_, count), hidden in zip(counts, small, strict=True)]
    bars = axes.bar(names, heights, color="#1d5f8a")
    for bar, hidden, (_, count) in zip(bars, small, counts, strict=True):
        if hidden:
            bar.set(facecolor="white", edgecolor="#1d5f8a", hatch="///")
        words = "<5" if hidden else str(count)
        axes.annotate(words, (bar.get_x() + bar.get_width() / 2, bar.get_height()), ha="center", va="bottom")
    axes.set_ylim(0, max([*heights, LEAST]) * 1.2)
    axes.set_title("Near misses reported, by week")
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)
    content = BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})
    said = ", ".join(
        f"{name} {'fewer than five' if hidden else count}" for (name, count), hidden in zip(counts, small, strict=True)
    )
    return Picture(content.getvalue(), f"Bars: near misses reported in each week. {said}.")
