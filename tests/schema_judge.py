"""The outside judge: python3-jsonschema against the C validator.

schema_judge.py check SCHEMA FILE...    the schema is 2020-12, and each file is valid
schema_judge.py mutate SCHEMA FILE N    N damaged copies of FILE, one a line, each after
                                        "valid " or "invalid "
Exit 77 when jsonschema is not installed.
"""
import copy
import json
import random
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    sys.exit(77)


def places(node, path=()):
    yield path
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from places(value, path + (key,))


def damage(rng, document):
    *parents, last = rng.choice([p for p in places(document) if p])
    node = document
    for key in parents:
        node = node[key]
    value = node[last]
    kind = rng.randrange(8)
    if kind == 0:
        del node[last]
    elif kind == 1:
        node[last] = rng.choice([None, True, "", "x", -1, 0, 1, 1.5, 2**32, [], {}, [{}], {"a": 1}])
    elif kind == 2 and isinstance(value, dict):
        value["novelty"] = 1
    elif kind == 3 and isinstance(value, list):
        value.append(copy.deepcopy(rng.choice(value)) if value else 7)
    elif kind == 4 and isinstance(value, str):
        node[last] = value[:-1]
    elif kind == 5 and isinstance(value, (int, float)):
        node[last] = float(value)
    elif kind == 6 and isinstance(value, list):
        rng.shuffle(value)
    else:
        node[last] = copy.deepcopy(value)


def main():
    action, schema, *files = sys.argv[1:]
    with open(schema) as stream:
        schema = json.load(stream)
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    if action == "check":
        for name in files:
            with open(name) as stream:
                judge.validate(json.load(stream))
        return
    with open(files[0]) as stream:
        document = json.load(stream)
    rng = random.Random(1)
    for _ in range(int(files[1])):
        damaged = copy.deepcopy(document)
        for _ in range(rng.randrange(1, 3)):
            damage(rng, damaged)
        print("valid" if judge.is_valid(damaged) else "invalid", json.dumps(damaged))


main()
