% Three islanders, each a knight who tells the truth or a knave who lies. Who are the knights?
% answer: list[str] = ["pia"]
kind(knight). kind(knave).

claim(pia, [Pia, Quin, _]) :- Pia \== Quin.
claim(quin, [_, _, Rolf]) :- Rolf == knight.
claim(rolf, [Pia, _, _]) :- Pia == knave.

agrees(knight, Who, World) :- claim(Who, World).
agrees(knave, Who, World) :- \+ claim(Who, World).

world([Pia, Quin, Rolf]) :-
    kind(Pia), kind(Quin), kind(Rolf),
    agrees(Pia, pia, [Pia, Quin, Rolf]),
    agrees(Quin, quin, [Pia, Quin, Rolf]),
    agrees(Rolf, rolf, [Pia, Quin, Rolf]).

named(pia, [Kind, _, _], Kind).
named(quin, [_, Kind, _], Kind).
named(rolf, [_, _, Kind], Kind).

answer(Knights) :-
    world(World),
    findall(Name, named(Name, World, knight), Found),
    sort(Found, Knights).
