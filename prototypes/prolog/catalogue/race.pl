% Four runners, five remarks about who finished before whom. Who came in second?
% answer: str = "cleo"
runner(abel). runner(bea). runner(cleo). runner(dora).

order(Order) :-
    findall(R, runner(R), Runners),
    permutation(Runners, Order).

before(X, Y, Order) :-
    nth1(I, Order, X), nth1(J, Order, Y), I < J.

valid(Order) :-
    order(Order),
    before(bea, cleo, Order),
    before(cleo, abel, Order),
    before(cleo, dora, Order),
    before(dora, abel, Order).

answer(X) :- valid(Order), nth1(2, Order, X).
