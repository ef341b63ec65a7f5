#!/usr/bin/env python3
"""The step that `sparring bench engine` times, in PyTorch: clean pass, FGSM, adversarial pass, update, on one thread.

784 -> maxout 240 x 5 -> maxout 240 x 5 -> 10, batch 100, alpha .5, epsilon .25. Two ways:

  fused    one backward pass of the clean loss yields both gradients, as sparring's step has it
  library  the attack makes a forward and a backward pass of its own, as attack libraries do

Run as: OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 /usr/bin/python3 test/independent/pytorch_step.py
"""
import statistics
import time

import torch
import torch.nn.functional as F

BATCH, UNITS, PIECES, EPSILON, LEARNING_RATE = 100, 240, 5, 0.25, 0.1


def parameters():
    sizes = [(784, UNITS * PIECES), (UNITS, UNITS * PIECES), (UNITS, 10)]
    kernels = [torch.empty(size).uniform_(-0.05, 0.05).requires_grad_() for size in sizes]
    biases = [torch.zeros(size[1], requires_grad=True) for size in sizes]
    return [p for pair in zip(kernels, biases) for p in pair]


def loss(p, x, y):
    for kernel, bias in ((p[0], p[1]), (p[2], p[3])):
        x = torch.addmm(bias, x, kernel).view(-1, PIECES, UNITS).amax(1)
    return F.cross_entropy(torch.addmm(p[5], x, p[4]), y)


def fused_step(p, x, y):
    x.requires_grad_()
    *clean, x_gradient = torch.autograd.grad(loss(p, x, y), [*p, x])
    adversarial = torch.autograd.grad(loss(p, (x + EPSILON * x_gradient.sign()).detach(), y), p)
    with torch.no_grad():
        for parameter, a, b in zip(p, clean, adversarial):
            parameter -= LEARNING_RATE * (0.5 * a + 0.5 * b)


def library_step(p, x, y):
    x.requires_grad_()
    (x_gradient,) = torch.autograd.grad(loss(p, x, y), [x])
    perturbed = (x + EPSILON * x_gradient.sign()).detach()
    gradients = torch.autograd.grad(0.5 * loss(p, x.detach(), y) + 0.5 * loss(p, perturbed, y), p)
    with torch.no_grad():
        for parameter, gradient in zip(p, gradients):
            parameter -= LEARNING_RATE * gradient


def milliseconds(step, seconds=4.0):
    p, times, end = parameters(), [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        x, y = torch.rand(BATCH, 784), torch.randint(0, 10, (BATCH,))
        start = time.perf_counter()
        step(p, x, y)
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[3:])


torch.set_num_threads(1)
for name, step in (("fused", fused_step), ("library", library_step)):
    print(f"{name:8} {milliseconds(step):6.2f} ms a step")
