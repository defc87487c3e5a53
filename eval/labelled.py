"""The labelled sets on which Delo's own checker was measured: where they are from, and whether they were looked at.

No text of theirs is part of Delo.
"""

from dataclasses import dataclass

_ATTRIBUTION = "AttributionBench (Li et al. 2024)"
_LOOKED = "looked at while choosing"
_HELD = "held out, though an earlier version was measured on it"
_IN_PART = "partly looked at: AttributionBench has some of it"


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set that people have labelled: its source, its licence, and whether rules were chosen with it."""

    source: str
    licence: str
    use: str

    @property
    def note(self) -> str:
        """The three in words."""
        return f"{self.source}; licence: {self.licence}; {self.use}"


_SETS = {
    "Stanford-GenSearch": LabelledSet(_ATTRIBUTION, "none stated", _LOOKED),
    "AttributedQA": LabelledSet(_ATTRIBUTION, "none stated", _LOOKED),
    "LFQA": LabelledSet(_ATTRIBUTION, "none stated", _LOOKED),
    "ExpertQA": LabelledSet(_ATTRIBUTION, "none stated", f"{_HELD}; its labels are noisy"),
    "HAGRID": LabelledSet(_ATTRIBUTION, "none stated", _LOOKED),
    "BEGIN": LabelledSet(_ATTRIBUTION, "none stated", _LOOKED),
    "AttrScore-GenSearch": LabelledSet(_ATTRIBUTION, "none stated", _LOOKED),
    "BEGIN-wow": LabelledSet("BEGIN (Dziri et al. 2022)", "CC BY 4.0", _IN_PART),
    "BEGIN-cmu": LabelledSet("BEGIN (Dziri et al. 2022)", "CC BY 4.0", _IN_PART),
    "BEGIN-tc": LabelledSet("BEGIN (Dziri et al. 2022)", "CDLA-Sharing 1.0", _IN_PART),
    "WiCE": LabelledSet("WiCE (Kamoi et al. 2023)", "ODC-BY, its labels", _HELD),
    "FactcheckGPT": LabelledSet("Factcheck-GPT (Wang et al. 2023)", "Apache 2.0", _HELD),
    "FEVER-Symmetric": LabelledSet("FEVER-Symmetric 0.2 (Schuster et al. 2019)", "CC BY-SA 3.0", _HELD),
    "TERRa": LabelledSet("TERRa (Shavrina et al. 2020)", "MIT", _HELD),
}
_XQUAD = LabelledSet("made of XQuAD (Artetxe et al. 2020)", "CC BY-SA 4.0", _LOOKED)


def note_of(dataset: str) -> str:
    """What is known of a labelled set by its name; empty if nothing is."""
    known = _XQUAD if dataset.startswith("XQuAD") else _SETS.get(dataset)
    return known.note if known else ""
