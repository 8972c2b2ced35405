% A family of three generations. Who are the cousins of mia, in alphabetical order?
% answer: list[str] = ["noor", "otto"]
parent(gus, ida). parent(gus, jon).
parent(hana, ida). parent(hana, jon).
parent(ida, mia). parent(kurt, mia).
parent(jon, noor). parent(lea, noor).
parent(jon, otto). parent(lea, otto).

sibling(X, Y) :- parent(P, X), parent(P, Y), X \== Y.
cousin(X, Y) :- parent(A, X), sibling(A, B), parent(B, Y).

answer(Cousins) :- findall(X, cousin(mia, X), Found), sort(Found, Cousins).
