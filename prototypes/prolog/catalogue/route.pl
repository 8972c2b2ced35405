% Roads with lengths between towns. How long is the shortest way from ash to fen?
% answer: int = 13
road(ash, birch, 7). road(ash, cedar, 3).
road(cedar, birch, 2). road(birch, dell, 6).
road(cedar, dell, 9). road(dell, elm, 4).
road(birch, elm, 5). road(elm, fen, 3).
road(dell, fen, 8).

joined(X, Y, Length) :- road(X, Y, Length).
joined(X, Y, Length) :- road(Y, X, Length).

way(X, X, _, 0).
way(X, Y, Seen, Length) :-
    joined(X, Z, First),
    \+ memberchk(Z, Seen),
    way(Z, Y, [Z | Seen], Rest),
    Length is First + Rest.

answer(Shortest) :-
    findall(Length, way(ash, fen, [ash], Length), Lengths),
    min_list(Lengths, Shortest).
