"""Prints the figures of the benchmarks."""

from statistics import median, quantiles


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]


def ratio(name: str, ours: list[float], bare: list[float], aim: float, unit: str = "ms") -> None:
    """Print medians and their ratio beside the aim."""
    _line(name, median(ours), median(bare), aim, unit)


def ratio_in_turn(name: str, turns: list[tuple[list[float], list[float]]], aim: float) -> None:
    """Print medians and the median of the turns' own ratios, so that what hit the machine in one turn does not count.

    Args:
        name: What was measured.
        turns: Ours and the bare limit, measured one right after the other.
        aim: The most the ratio should be.
    """
    mine, limit = (median(value for turn in turns for value in turn[side]) for side in (0, 1))
    _verdict(name, mine, limit, median(median(ours) / median(bare) for ours, bare in turns), aim, "ms")


def ratio_p95(name: str, ours: list[float], bare: list[float], aim: float, unit: str = "ms") -> None:
    """Print 95th percentiles and their ratio beside the aim."""
    _line(f"{name} (p95)", p95(ours), p95(bare), aim, unit)


def limit(name: str, mine: float, most: float) -> None:
    """Print milliseconds beside the most they may be."""
    verdict = "ok" if mine <= most else "OVER"
    print(f"{name:<52} {mine:9.2f} {'':>9} ms   {'':>12} aim {most:.0f} ms  {verdict}")


def most(name: str, ours: int, bare: int, aim: int) -> None:
    """Print how often something happened, beside the bare app's count and the most it may be."""
    verdict = "ok" if ours <= aim else "OVER"
    print(f"{name:<52} {ours:9} {bare:9}      {'':>9} aim {aim}  {verdict}")


def limit_p95(name: str, ours: list[float], most: float) -> None:
    """Print the 95th percentile in milliseconds beside the most it may be."""
    limit(f"{name} (p95)", p95(ours), most)


def difference(name: str, ours: list[float], bare: list[float], aim: float) -> None:
    """Print medians and their difference in milliseconds beside the aim."""
    mine, limit = median(ours), median(bare)
    verdict = "ok" if mine - limit <= aim else "OVER"
    print(f"{name:<52} {mine:9.2f} {limit:9.2f} ms   +{mine - limit:7.1f} ms   aim +{aim:.0f} ms  {verdict}")


def difference_in_turn(name: str, turns: list[tuple[list[float], list[float]]], aim: float) -> None:
    """Print medians and the median of the turns' own differences: what hit the machine in one turn does not count.

    Args:
        name: What was measured.
        turns: Ours and the bare limit, measured one right after the other.
        aim: The most milliseconds that ours may be over the limit.
    """
    mine, limit = (median(value for turn in turns for value in turn[side]) for side in (0, 1))
    over = median(median(ours) - median(bare) for ours, bare in turns)
    verdict = "ok" if over <= aim else "OVER"
    print(f"{name:<52} {mine:9.2f} {limit:9.2f} ms   +{over:7.1f} ms   aim +{aim:.0f} ms  {verdict}")


def share_in_turn(name: str, turns: list[tuple[float, float]], aim: float = 0) -> None:
    """Print medians of figures of which more is better, and the median of the turns' own shares beside any aim."""
    mine, limit = (median(turn[side] for turn in turns) for side in (0, 1))
    found = median(ours / bare for ours, bare in turns)
    beside = f"     aim {aim:.2f}   {'ok' if found >= aim else 'UNDER'}" if aim else ""
    print(f"{name:<52} {mine:9,.0f} {limit:9,.0f} {'/s':<4} {found:7.2f} {beside}")


def _line(name: str, mine: float, limit: float, aim: float, unit: str) -> None:
    _verdict(name, mine, limit, mine / limit, aim, unit)


def _verdict(name: str, mine: float, limit: float, found: float, aim: float, unit: str) -> None:  # noqa: PLR0913, PLR0917
    verdict = "ok" if found <= aim else "OVER"
    print(f"{name:<52} {mine:9.2f} {limit:9.2f} {unit:<4} {found:7.2f}x     aim {aim:.2f}x  {verdict}")
