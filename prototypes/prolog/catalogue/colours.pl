% A map of five countries in three colours, neighbours differ. In how many ways can that be done?
% answer: int = 6
colour(red). colour(green). colour(blue).
border(north, east). border(north, west). border(east, west).
border(east, south). border(west, south). border(south, isle).
border(isle, west).
country(north). country(east). country(west). country(south). country(isle).

painted([], []).
painted([Country | Rest], [Country - Colour | Painted]) :-
    painted(Rest, Painted),
    colour(Colour),
    \+ clashes(Country, Colour, Painted).

clashes(Country, Colour, Painted) :- border(Country, Other), memberchk(Other - Colour, Painted).
clashes(Country, Colour, Painted) :- border(Other, Country), memberchk(Other - Colour, Painted).

answer(Count) :-
    findall(Country, country(Country), Countries),
    findall(Map, painted(Countries, Map), Maps),
    length(Maps, Count).
