"""How good Delo is, and how far any answer is to be trusted.

What is where: question sets (cases, sets, forms) · a run (run, runfolder, runs, provenance) · judging an answer (judge
with answers, sources, claims, scopes, worth; quotations with plainform, nearest; citations; judgement, faults) ·
whether a source bears a sentence out (support; by rules: rules, coverage, flags, exchanged, across, markers, tongue,
sourcetext; by models: nli, llmjudge, windows, recordings; checkers, calibrate) · figures (metrics, score, scoring,
connect, results, table, intervals, measures) · two runs (compare, paired, gate) · the report (report, lines) · our own
set (own; supportset with edits, controls, forged, phrased, truths; edited) · documents that give orders (injection with
payloads, planting, leaks) · parts of Delo by themselves (retrieval with outcomes, weights; alignment with gold;
departures; speed with synthetic, babble).
"""
