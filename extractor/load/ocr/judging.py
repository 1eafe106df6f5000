"""Whether a page is read by its text layer or by its picture: a text layer may be missing, broken, foreign to the page or hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from extractor.load.printed.words import Word

_FEWEST, _STRANGE = 4, 0.2  # characters; share of signs that no report prints
UNPROVEN = 0.5  # how sure a text is that some other program read from a picture
_DRAWN = 40  # curves and lines: print that was turned into outlines, not a page number's rule
_COVERS = 0.6  # of the page: a picture that is the page
_LITTLE = 100  # characters: what is stamped on a scan (a number, a scanner's name), not the scan's own text
_ENOUGH, _FAMILIAR = (
    40,
    0.06,
)  # Chinese characters that can be judged; the share of the most frequent ones that any prose has
# The commonest characters of prose and of these reports' forms; half the characters of a real page are among them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先"
    "回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花"
    "预算支项目绩效评价财务执率满度标县市局办费万元完成指标值得自"
)


class Judged(NamedTuple):
    """Whether the picture of a page is what should be read, whether nothing else can be, and whether its text is hidden."""

    picture: bool
    needed: bool = False
    hidden: bool = False


def judged(page: Any, words: Sequence[Word]) -> Judged:
    """How a page of PyMuPDF whose text layer holds `words` is to be read."""
    text = "".join(word.text for word in words)
    if len(text) < _FEWEST:
        printed = bool(page.get_images()) or len(page.get_cdrawings()) >= _DRAWN
        return Judged(printed, needed=printed)
    if _strange(text) or _nonsense(text):
        return Judged(picture=True, needed=True)
    if not page.get_images() or _covered(page) < _COVERS:
        return Judged(picture=False)
    hidden = _hidden(page)
    return Judged(hidden or len(text) < _LITTLE, hidden=hidden)


def _strange(text: str) -> bool:
    """Whether signs without a meaning stand among the text: a font without a map to characters."""
    strange = sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
    return strange > _STRANGE * len(text)


def _nonsense(text: str) -> bool:
    """Whether the Chinese of a page is none: a map to the wrong characters, or letters for what is no letter."""
    chinese = [c for c in text if "\u4e00" <= c <= "\u9fff"]
    if len(chinese) >= _ENOUGH:
        return sum(1 for c in chinese if c in _COMMON) < _FAMILIAR * len(chinese)
    foreign = sum(1 for c in text if c.isalpha() and not c.isascii() and not "\u3000" <= c <= "\u9fff")
    return foreign > max(_ENOUGH, len(text) // 2)


def _covered(page: Any) -> float:
    """The share of the page that pictures lie on; strips of one scan lie side by side."""
    frame = page.rect
    area: float = sum(
        _clipped(info["bbox"], (frame.x0, frame.y0, frame.x1, frame.y1)) for info in page.get_image_info()
    )
    whole: float = frame.width * frame.height
    return area / max(whole, 1.0)


def _clipped(box: Iterable[float], frame: tuple[float, float, float, float]) -> float:
    x0, y0, x1, y1 = box
    wide, tall = min(x1, frame[2]) - max(x0, frame[0]), min(y1, frame[3]) - max(y0, frame[1])
    return max(wide, 0.0) * max(tall, 0.0)


def _hidden(page: Any) -> bool:
    """Whether most of the text is invisible: what some program read from the picture above it."""
    unseen = seen = 0
    for span in page.get_texttrace():
        if span["type"] == 3:
            unseen += len(span["chars"])
        else:
            seen += len(span["chars"])
    return unseen > seen
