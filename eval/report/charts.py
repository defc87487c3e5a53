"""Charts as SVG inside the page: each with a title and, in words, what it shows."""

import math
from collections.abc import Iterator, Sequence

from eval.intervals import Estimate
from eval.report.curves import Sure
from eval.report.markup import Markup, Part, element
from eval.report.view import Stage

WIDTH, HEIGHT = 420, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 14, 14, 44  # margins, of room for the labels
_TIMES_LEFT = 90  # the same where words stand on the left
_APART = 9  # between the dots of one stage
_DOTS = 20  # at most, on a curve


def whisker(estimate: Estimate, low: float = 0, high: float = 1) -> Markup:
    """A figure as a dot and its interval as a line, on an axis from `low` to `high`; the words stand beside it."""
    x = [
        6 + 108 * (min(max(value, low), high) - low) / (high - low)
        for value in (estimate.low, estimate.value, estimate.high)
    ]
    middle = 6 + 108 * (0 - low) / (high - low)
    inside = (
        _line(6, 9, 114, 9, "axis"),
        _line(middle, 3, middle, 15, "axis"),
        _line(x[0], 9, x[2], 9, "reach"),
        element("circle", cx=f"{x[1]:.1f}", cy=9, r=3.5),
    )
    return element("svg", *inside, viewBox="0 0 120 18", class_="whisker", aria_hidden="true", focusable="false")


def risk_chart(points: Sequence[tuple[float, float]]) -> Markup:
    """Risk against coverage: (coverage, risk) points, coverage rising."""
    last = points[-1]
    told = f"Of all answers that were given, to {last[0]:.0%} of the questions, {last[1]:.0%} went wrong."
    if half := [point for point in points if point[0] <= last[0] / 2]:
        told += f" Of the surest, to {half[-1][0]:.0%} of the questions, {half[-1][1]:.0%} did."
    told += " An answer goes wrong by what vital facts it lacks, and wholly if the archive has no answer."
    top = max(0.1, *(risk for _, risk in points))
    path = " ".join(f"{_x(x):.1f},{_y(y / top):.1f}" for x, y in points)
    drawn: list[Part] = [element("polyline", points=path, class_="curve")]
    drawn += [_dot(x, y / top) for x, y in points[:: max(1, len(points) // _DOTS)]]
    words = ("risk", "What goes wrong if only the surest answers are given", told)
    return _framed(words, drawn, ("share of questions answered", "share that goes wrong"), top)


def calibration_chart(bins: Sequence[Sure]) -> Markup:
    """Told confidence against how often the archive had the answer."""
    told = "; ".join(f"said {one.told:.2f}: {_within(one.right)}" for one in bins)
    drawn: list[Part] = [_line(_x(0), _y(0), _x(1), _y(1), "even")]
    for one in bins:
        drawn.append(_line(_x(one.told), _y(one.right.low), _x(one.told), _y(one.right.high), "reach"))
        drawn.append(_dot(one.told, one.right.value))
    axes = ("confidence told", "share that the archive answers")
    words = (
        "sure",
        "How sure it said it was, and how often the archive had the answer",
        f"{told}. On the dashed line both agree.",
    )
    return _framed(words, drawn, axes)


def _within(share: Estimate) -> str:
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f}; n {share.n})"


def time_chart(stages: Sequence[Stage]) -> Markup:
    """Milliseconds by stage on a scale of powers of ten, for each share of the questions a dot with its interval."""
    powers = [_power(value) for stage in stages for one in stage.seconds.values() for value in (one.low, one.high)]
    first = math.floor(min(powers, default=0))
    last = max(math.ceil(max(powers, default=0)), first + 1)
    drawn: list[Part] = [_line(_time(0), HEIGHT - BOTTOM, _time(1), HEIGHT - BOTTOM, "axis")]
    for power in range(first, last + 1):
        x = _time((power - first) / (last - first))
        drawn += [_line(x, TOP, x, HEIGHT - BOTTOM, "axis"), _text(x, HEIGHT - 26, f"{10.0**power:,g}", "middle")]
    drawn.append(_text((_time(0) + _time(1)) / 2, HEIGHT - 8, "milliseconds", "middle"))
    for row, stage in enumerate(stages):
        y = TOP + (row + 0.5) * (HEIGHT - TOP - BOTTOM) / len(stages)
        drawn += [_text(_TIMES_LEFT - 6, y + 4, stage.name, "end")]
        for place, one in enumerate(stage.seconds.values()):
            ends = [(_power(s) - first) / (last - first) for s in (one.low, one.value, one.high)]
            drawn += _dot_and_reach(y + _APART * (place - (len(stage.seconds) - 1) / 2), *ends)
    shares = ", below it ".join(dict.fromkeys(name for stage in stages for name in stage.seconds))
    return _figure("times", f"Time by stage: {shares}", "; ".join(map(_taken, stages)), drawn)


def _power(seconds: float) -> float:
    """Of ten, of so many milliseconds; what is too short to be measured is taken for a hundredth of one."""
    return math.log10(max(seconds * 1000, 0.01))


def _dot_and_reach(y: float, low: float, at: float, high: float) -> Iterator[Markup]:
    yield _line(_time(low), y, _time(high), y, "reach")
    for end in (low, high):
        yield _line(_time(end), y - 4, _time(end), y + 4, "reach")
    yield element("circle", cx=f"{_time(at):.1f}", cy=f"{y:.1f}", r=4)


def _taken(stage: Stage) -> str:
    told = (
        f"{name} {one.value * 1000:,.1f} ms ({one.low * 1000:,.1f} to {one.high * 1000:,.1f}; n {one.n:,})"
        for name, one in stage.seconds.items()
    )
    return f"{stage.name}: {', '.join(told)}"


def _time(share: float) -> float:
    return _TIMES_LEFT + share * (WIDTH - RIGHT - 10 - _TIMES_LEFT)


def _framed(words: tuple[str, str, str], drawn: Sequence[Part], axes: tuple[str, str], top: float = 1) -> Markup:
    """A chart between two axes; `words` are its name, title and description."""
    frame = [*_axes(top), _text((_x(0) + _x(1)) / 2, HEIGHT - 8, axes[0], "middle")]
    middle = (_y(0) + _y(1)) / 2
    turned = element(
        "text", axes[1], x=14, y=f"{middle:.0f}", text_anchor="middle", transform=f"rotate(-90 14 {middle:.0f})"
    )
    return _figure(*words, [*frame, turned, *drawn])


def _axes(top: float) -> Iterator[Markup]:
    yield _line(_x(0), _y(0), _x(1), _y(0), "axis")
    yield _line(_x(0), _y(0), _x(0), _y(1), "axis")
    for part in (0, 0.25, 0.5, 0.75, 1):
        yield _text(_x(part), _y(0) + 16, f"{part:g}", "middle")
        yield _text(_x(0) - 6, _y(part) + 4, f"{part * top:.2g}", "end")


def _figure(name: str, title: str, told: str, drawn: Sequence[Part]) -> Markup:
    words = (element("title", title, id=f"{name}-title"), element("desc", told, id=f"{name}-told"))
    picture = element(
        "svg", *words, *drawn, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_labelledby=f"{name}-title {name}-told"
    )
    return element("figure", picture, element("figcaption", element("b", f"{title}. "), told), class_="chart")


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _dot(x: float, y: float) -> Markup:
    return element("circle", cx=f"{_x(x):.1f}", cy=f"{_y(y):.1f}", r=4)


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return element("line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}", class_=kind)


def _text(x: float, y: float, words: str, anchor: str = "start") -> Markup:
    return element("text", words, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)
