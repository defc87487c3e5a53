"""The evaluation as a page uses it: readers' judgements become a question set that runs, and runs are told plainly."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import get_type_hints

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from eval import readers
from eval.cases import Evidence, read_cases, unfit
from eval.cli import evaluate
from eval.errors import CaseError, EvaluationError, RunError
from eval.metrics import METRICS
from eval.offered import Offered
from eval.report.markup import visible
from eval.room import Told, judging
from index.document import LANGUAGES
from rag.pipeline import Pipeline
from rag.question import MOST_CHARS, Question
from tests.processes import ROOT
from ui.messages import judge
from ui.server import judges

ENGLISH = "Why did Moscow reject an attack on the South?"
RUSSIAN = "Почему Москва считала наступление на юг недопустимым?"
HOSTILE = "<script>alert(1)</script></style> {{7*7}} \u202e\u2028 x\ud800?"


class StopError(Exception):
    """As the page's reader stops a run."""


@pytest.fixture(scope="module")
def pipeline(small):
    with Pipeline.open(small.home) as opened:
        yield opened


@pytest.fixture(scope="module")
def quoted(pipeline):
    """What an answer quotes, as the page sends it."""
    citations = [citation for s in pipeline.ask(Question.of(ENGLISH)).statements for citation in s.citations]
    return [(c.document.id, {c.language: c.words, c.parallel.language: c.parallel.words}) for c in citations]


def keep(runs, question=ENGLISH, verdict="right", quoted=(), language="en", reader=""):
    return judging.keep(runs, question, language, verdict, quoted=quoted, reader=reader)


@pytest.fixture(scope="module")
def said(pipeline, quoted, tmp_path_factory):
    """A folder of runs in which a reader said each thing that can be said, and the run of that set."""
    runs = tmp_path_factory.mktemp("runs")
    keep(runs, quoted=quoted)
    for verdict in readers.VERDICTS:
        if verdict != "right":
            keep(runs, f"{HOSTILE} Of {verdict}?", verdict)
    told = []
    run = judging.run(runs, "readers", pipeline, pipeline_home(pipeline), lambda *done: told.append(done))
    return runs, run, told


def pipeline_home(pipeline):
    with pipeline.opened() as index:
        return index.home


def test_an_answer_that_was_right_is_a_case_whose_evidence_stands_in_the_archive(pipeline, quoted, tmp_path):
    id_ = keep(tmp_path, quoted=quoted, reader="Vera")
    (case,) = read_cases(readers.questions_file(tmp_path))
    assert (case.id, case.question, case.answerable) == (id_, ENGLISH, True)
    assert [(one.document_id, dict(one.words)) for one in case.evidence] == quoted
    with pipeline.opened() as index:
        assert list(unfit([case], {"112133": index.catalogue.document("112133")})) == []
    (one,) = judging.kept(tmp_path)
    assert (one.verdict, one.reader, one.documents) == ("right", "Vera", ("112133",))


@pytest.mark.parametrize("verdict", [verdict for verdict in readers.VERDICTS if verdict != "right"])
def test_of_a_wrong_answer_only_that_is_kept_which_its_reader_knows(quoted, tmp_path, verdict):
    keep(tmp_path, verdict=verdict, quoted=quoted)
    (case,) = read_cases(readers.questions_file(tmp_path))
    assert case.answerable == (verdict not in ("rightly refused", "unanswerable"))
    assert (case.evidence, case.nuggets, case.grades) == ((), (), {})
    line = json.loads(readers.questions_file(tmp_path).read_text("utf-8"))
    assert line["note"] == readers.VERDICTS[verdict][1]


def test_what_is_said_again_of_a_question_replaces_what_was_said(quoted, tmp_path):
    first = keep(tmp_path, quoted=quoted)
    other = keep(tmp_path, RUSSIAN, "otherwise", language="ru")
    assert keep(tmp_path, f"  {ENGLISH.upper()}", "otherwise") == first != other
    assert [(one.id, one.verdict) for one in judging.kept(tmp_path)] == [(first, "otherwise"), (other, "otherwise")]


@given(question=st.text(max_size=MOST_CHARS + 5), reader=st.text(max_size=20), language=st.sampled_from(LANGUAGES))
def test_whatever_is_asked_is_a_case_or_is_refused(tmp_path_factory, question, reader, language):
    runs = tmp_path_factory.mktemp("any")
    plain = question.encode("utf-8", "replace").decode().strip()
    if not 0 < len(plain) <= MOST_CHARS:
        with pytest.raises(CaseError, match="1 to 2000 characters"):
            keep(runs, question, "otherwise", language=language)
        return
    keep(runs, question, "otherwise", language=language, reader=reader)
    (case,) = read_cases(readers.questions_file(runs))
    assert case.question == plain
    assert judging.kept(runs)[0].question == plain


def test_too_much_and_what_is_no_verdict_is_refused(tmp_path):
    with pytest.raises(CaseError, match="nothing that can be said"):
        keep(tmp_path, verdict="perhaps")
    with pytest.raises(CaseError, match="none came with it"):
        keep(tmp_path)
    with pytest.raises(CaseError, match="more than 50 quotations"):
        keep(tmp_path, quoted=[("1", {"en": "words"})] * (readers.MOST_QUOTED + 1))
    with pytest.raises(CaseError, match="more than 20000 characters"):
        keep(tmp_path, quoted=[("1", {"en": "w" * (readers.MOST_WORDS + 1)})])
    assert judging.kept(tmp_path) == []


def test_no_more_than_so_many_are_kept_but_those_may_be_said_again(tmp_path):
    keep(tmp_path, verdict="otherwise")
    path = readers.questions_file(tmp_path)
    with path.open("a") as file:
        file.writelines(f'{{"id": "{n}"}}\n' for n in range(readers.MOST - 1))
    with pytest.raises(CaseError, match="10000 judgements are kept already"):
        keep(tmp_path, "Who?", "otherwise")
    keep(tmp_path, verdict="beside")
    assert len(judging.kept(tmp_path)) == readers.MOST


def test_readers_who_speak_at_once_in_threads_and_processes_are_all_heard(tmp_path):
    program = (
        "import sys; from pathlib import Path; from eval.room import judging\n"
        "for n in range(10): judging.keep(Path(sys.argv[1]), f'Process {n}?', 'en', 'beside', quoted=[], reader='')"
    )
    with subprocess.Popen([sys.executable, "-c", program, tmp_path], cwd=ROOT) as process:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda n: keep(tmp_path, f"Thread {n}?", "beside"), range(20)))
        assert process.wait(60) == 0
    assert len(judging.kept(tmp_path)) == len(read_cases(readers.questions_file(tmp_path))) == 30


def test_what_was_said_can_be_taken_away(quoted, tmp_path):
    assert not judging.remove(tmp_path, "readers-0")
    id_, other = keep(tmp_path, quoted=quoted), keep(tmp_path, "Who?", "beside")
    assert judging.remove(tmp_path, id_)
    assert not judging.remove(tmp_path, id_)
    assert [one.id for one in judging.kept(tmp_path)] == [other]
    assert judging.remove(tmp_path, other)
    assert not readers.questions_file(tmp_path).exists()


def test_a_damaged_set_is_told_by_its_line_and_not_written_over(tmp_path):
    keep(tmp_path, verdict="otherwise")
    path = readers.questions_file(tmp_path)
    path.write_text(path.read_text("utf-8") + "{half\n", "utf-8")
    before = path.read_bytes()
    for work in (lambda: keep(tmp_path, "Who?", "beside"), lambda: judging.kept(tmp_path)):
        with pytest.raises(CaseError, match="line 2: no judgement"):
            work()
    assert path.read_bytes() == before


def test_the_set_of_what_readers_said_runs_and_what_does_not_apply_is_told(said):
    runs, id_, told = said
    (run,) = judging.runs(runs)
    assert (run.id, run.name, run.questions, run.finished) == (id_, "readers", len(readers.VERDICTS), True)
    assert told[-1] == (2 * run.questions, 2 * run.questions)
    assert told == sorted(told)
    assert "nugget_vital_strict" not in run.figures
    assert run.figures["doc_recall@5"] == (1.0, pytest.approx(0), 1.0, 1)
    assert run.figures["refusal_recall"][3] == 2
    report = judging.report(runs, id_)
    assert "Not applicable to any of these answers" in report
    assert "Nothing is known of where its answer stands." in report
    assert "<script" not in report
    assert visible("\u202e") in report


@pytest.mark.slow
def test_delo_eval_run_runs_what_readers_said(said, small, tmp_path):
    runs, _, _ = said
    words = ["run", runs / "readers", "--index", small.home, "--out", tmp_path / "run", "--json"]
    done = CliRunner().invoke(evaluate, list(map(str, words)), standalone_mode=False)
    assert done.exception is None, done.output
    by_page = json.loads((runs / said[1] / "results.json").read_text("utf-8"))["provenance"]
    by_hand = json.loads(done.stdout)["provenance"]
    same = ("questions", "corpus", "settings", "composer", "checker", "question_set")
    assert [by_hand[name] for name in same] == [by_page[name] for name in same]


def test_a_run_that_is_stopped_leaves_nothing(said, pipeline, small, tmp_path):
    (tmp_path / "readers").mkdir()
    readers.questions_file(tmp_path).write_bytes(readers.questions_file(said[0]).read_bytes())

    def stop(done, total):
        if done == 2:
            raise StopError

    with pytest.raises(StopError):
        judging.run(tmp_path, "readers", pipeline, small.home, stop)
    assert [path.name for path in tmp_path.iterdir()] == ["readers"]


def test_a_judgement_whose_document_has_changed_is_left_out_and_counted(pipeline, small, quoted, tmp_path):
    keep(tmp_path, quoted=quoted)
    keep(tmp_path, "Who?", quoted=[("112133", {"en": "Words that stand nowhere."})])
    with pipeline.opened() as index:
        first, own = judging.sets(tmp_path, index)
        assert (first.id, first.questions, first.left_out, first.foreign) == ("readers", 1, 1, False)
        assert (own.id, own.foreign) == ("own", True)
    id_ = judging.run(tmp_path, "readers", pipeline, small.home, lambda done, total: None)
    assert judging.runs(tmp_path)[0].questions == 1
    assert id_.startswith("readers-")


def test_a_set_of_another_archive_or_none_at_all_is_not_run(pipeline, small, tmp_path):
    for id_ in ("own", "readers", "sets/../../x.jsonl", "/etc/passwd", ""):
        with pytest.raises(CaseError, match=r"of another archive|there is no question set"):
            judging.run(tmp_path, id_, pipeline, small.home, lambda done, total: None)
    assert list(tmp_path.iterdir()) == []


def test_files_that_lie_among_the_runs_are_offered_the_malformed_with_their_line(pipeline, tmp_path):
    folder = tmp_path / "sets"
    folder.mkdir()
    line = {"id": "1", "pair": "1", "language": "en", "question": ENGLISH, "answerable": True}
    (folder / "mine.jsonl").write_text(json.dumps(line), "utf-8")
    (folder / "worse.jsonl").write_text("{}", "utf-8")
    with pipeline.opened() as index:
        told = {one.id: one for one in judging.sets(tmp_path, index)}
    assert (told["sets/mine.jsonl"].questions, told["sets/mine.jsonl"].trouble) == (1, "")
    assert told["sets/worse.jsonl"].trouble.startswith("worse.jsonl, line 1: not a question")
    assert str(tmp_path) not in told["sets/worse.jsonl"].trouble


@pytest.mark.parametrize("id_", ["..", ".", "../runs", "/", "", "readers", "nobody", "a\x00b"])
def test_only_a_run_that_is_listed_is_opened(said, id_):
    with pytest.raises(RunError, match="there is no run"):
        judging.report(said[0], id_)
    with pytest.raises(RunError, match="there is no run"):
        judging.comparison(said[0], said[1], id_, anyway=True)


def test_a_folder_that_holds_no_run_is_passed_over(said, tmp_path):
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "run.json").write_text("{", "utf-8")
    (tmp_path / "linked").symlink_to(said[0] / said[1])
    assert list(judging.runs(tmp_path)) == []
    assert list(judging.runs(tmp_path / "nowhere")) == []


def test_two_runs_are_compared_those_of_other_questions_only_if_that_is_wanted(said, pipeline, small, tmp_path):
    runs, id_, _ = said
    keep(runs, "Who commands the guards?", "answerable")
    other = judging.run(runs, "readers", pipeline, small.home, lambda done, total: None)
    judging.remove(runs, readers.case_id("Who commands the guards?", "en"))
    with pytest.raises(EvaluationError, match="their questions differ"):
        judging.comparison(runs, id_, other, anyway=False)
    page = judging.comparison(runs, id_, other, anyway=True)
    assert "6 answers to the same questions" in page
    assert "<script" not in page


@pytest.mark.parametrize(("given", "wanted"), [(Told, "Run"), (Offered, "QuestionSet"), (readers.Kept, "Said")])
def test_what_is_told_is_what_the_page_asks_for(given, wanted):
    asked = get_type_hints(getattr(judges, wanted))
    assert asked.keys() <= {field.name for field in fields(given)}
    assert all(hasattr(judging, name) for name in vars(judges.Judging) if not name.startswith("_"))


def test_the_page_has_words_for_every_verdict_and_names_only_figures_that_there_are():
    assert judge.VERDICTS.keys() == readers.VERDICTS.keys()
    assert judge.FIGURES.keys() <= METRICS.keys()


def test_evidence_without_words_in_a_language_is_kept_as_none(tmp_path):
    readers.keep(tmp_path, "Кто?", "ru", "right", [Evidence(document_id="1", words={"ru": "Слова."})])
    assert read_cases(readers.questions_file(tmp_path))[0].evidence[0].words == {"ru": "Слова."}
