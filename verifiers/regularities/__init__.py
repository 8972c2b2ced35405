"""What all examples of a task have in common, and which predictions break it.

A rule may fit every example by accident. Then what it says of a test input is often unlike anything
the examples show: the outputs all had one colour and the prediction has three, every output was a
part of its input and the prediction is not. By Laplace's rule of succession a property that all of
n examples share fails the next time with probability 1 / (n + 2), so a broken one speaks against
the rule. Properties that say nearly the same form a topic, and a topic counts once.
"""

from peirce.verifiers.regularities.doubts import doubts
from peirce.verifiers.regularities.mechanism import Regularity, broken, regularities
from peirce.verifiers.regularities.property import Property, Reading

__all__ = ["Property", "Reading", "Regularity", "broken", "doubts", "regularities"]
