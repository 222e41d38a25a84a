"""The engine of this process, by the section [sekisho] of trytond's configuration: taxonomy (a path), lists, limits."""
import json
import threading

import sekisho
from trytond.config import config

_lock = threading.Lock()
_engine = None
_LIMITS = ['max_input_bytes', 'max_matches', 'max_steps', 'max_memory_bytes']
_STRICTEST_FIRST = ['match', 'possible', 'catch_all', 'unknown', 'excluded', 'no_match']


def engine(anew=False):
    """The engine; `anew` reads the pack again. If that fails, the one in use stays."""
    global _engine
    with _lock:
        if _engine is None or anew:
            _engine = sekisho.Engine(
                config.get('sekisho', 'taxonomy', default=None) or None,
                lists=config.get('sekisho', 'lists', default=None) or None,
                **_limits())
        return _engine


def _limits():
    """The limits of an item that are configured. What numbers they may be is the engine's to say."""
    limits = {}
    for name in _LIMITS:
        value = config.get('sekisho', name, default=None) or '0'
        try:
            limits[name] = int(value)
        except ValueError:
            raise ValueError(
                f'[sekisho] {name} = {value} is no whole number (hint: 0, or leave it out, for the default)') from None
    return limits


def judge(description, part_number):
    """The machine's values of a classification, its findings among them. What is refused is unknown: it must not pass
    for an item without findings."""
    try:
        result = engine().classify(description, part_number)
    except sekisho.Error as error:
        versions = engine().versions
        return _values(versions, 'unknown', [], str(error))
    verdicts = {found['verdict'] for found in result['lists']}
    verdict = next((v for v in _STRICTEST_FIRST if v in verdicts), 'unknown')
    findings = [
        _finding(position, listing['list'], candidate)
        for listing in result['lists']
        for position, candidate in enumerate(listing['candidates'])]
    taxonomy = {**result['taxonomy'], 'taxonomy': result['taxonomy']['version']}
    return _values(taxonomy, verdict, findings, _lines(result.get('notices', [])))


def _values(taxonomy, verdict, findings, notices):
    return {
        'verdict': verdict,
        'findings': findings,
        'notices': notices,
        'taxonomy': taxonomy['taxonomy'],
        'digest': taxonomy['digest'],
        'as_of': taxonomy['as_of'],
        }


def _finding(position, listing, candidate):
    return {
        'position': position,
        'list_': listing,
        'entry': candidate['entry'],
        'verdict': candidate['verdict'],
        'title': candidate['title'],
        'title_ja': candidate.get('title_ja'),
        'cite': candidate['cite'],
        'missing': _lines(candidate['missing']),
        'words': ', '.join(dict.fromkeys(e['text'] for e in candidate['evidence'])),
        'evidence': json.dumps(candidate['evidence'], ensure_ascii=False),
        }


def _lines(notes):
    return '\n'.join(f"{note['en']} / {note['ja']}" for note in notes)
