% Five guests on a bench, with wishes about neighbours. Who sits in the middle?
% answer: str = "uma"
guest(rex). guest(sue). guest(tom). guest(uma). guest(vic).
apart(rex, sue). apart(tom, vic). apart(rex, tom). apart(vic, sue).

beside(X, Y, Bench) :- nextto(X, Y, Bench).
beside(X, Y, Bench) :- nextto(Y, X, Bench).

quarrel(Bench) :- apart(X, Y), beside(X, Y, Bench).

answer(Middle) :-
    findall(G, guest(G), Guests),
    permutation(Guests, Bench),
    \+ quarrel(Bench),
    nth1(3, Bench, Middle).
