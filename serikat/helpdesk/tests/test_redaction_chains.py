"""The chains of the redaction check: how the best one is found, kept and learned."""

import json

import pytest

from serikat.helpdesk.rules.redaction.chain import STEPS, Chain, load, save, tags_of
from serikat.helpdesk.rules.redaction.training import FILES, PHRASES, learn, main, read
from serikat.helpdesk.rules.redaction.words import DATA

TAGS = tags_of("place")


def test_a_chain_begins_before_it_goes_on():
    chain = Chain(TAGS, {"x": [0.0, 0.0, 9.0]})
    path = chain.read([chain.scores(signs) for signs in (["x"], ["x"], [])])
    assert [TAGS[k] for k in path] == ["Bplace", "Iplace", "O"]
    assert chain.pieces(path) == [(0, 2, "place")]
    assert chain.read([]) == []


def test_the_step_between_tags_can_outweigh_a_word():
    steps = [0.0] * 9
    steps[1 * 3 + 2] = 5.0  # going on
    chain = Chain(TAGS, {STEPS: steps, "opens": [0.0, 3.0, 0.0], "dull": [1.0, 0.0, 0.0]})
    path = chain.read([chain.scores([sign]) for sign in ("dull", "opens", "dull")])
    assert chain.pieces(path) == [(1, 3, "place")]


def test_weights_come_back_as_they_were_kept(tmp_path):
    chain = Chain(TAGS, {"0 = di": [1.0, -2.0, 3.0]})
    save(chain, tmp_path / "w.tsv")
    again = load(tmp_path / "w.tsv")
    assert (again.tags, again.weights) == (chain.tags, chain.weights)


def test_the_kept_weights_know_their_tags():
    assert {load(DATA / f"{name}.tsv").tags == tags_of(*dict.fromkeys(kinds.values())) for name, kinds in FILES.items()} == {
        True
    }


def lesson(i, before, place, after):
    mark = {"start": len(before), "end": len(before) + len(place), "kind": "place"}
    return json.dumps({"id": f"X{i}", "text": before + place + after, "marks": [mark], "not_identifying": []})


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "texts.jsonl"
    rows = [lesson(i, "saya tinggal di ", f"zorblin {i}", ", gaji telat") for i in range(12)]
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_learn_finds_what_all_texts_have_and_is_the_same_each_time(texts):
    lessons = read([texts])
    first, again = learn(lessons, PHRASES), learn(lessons, PHRASES)
    assert first.weights == again.weights
    assert first.weights["0 = zorblin"][1] > 0


def test_training_with_one_file_left_out_tells_what_it_finds_there(texts, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("serikat.helpdesk.rules.redaction.rereading._IN_USE", {})
    other = tmp_path / "other.jsonl"
    other.write_text(lesson(1, "aku tinggal di ", "zorblin 3", ", tolong"), "utf-8")
    main([str(texts), str(other), "--leave-out"])
    assert "other\nplace           1 of    1  100.0%" in capsys.readouterr().out
