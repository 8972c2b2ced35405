% Five tasks that wait for one another. What is the earliest hour at which all are done?
% answer: int = 12
lasts(dig, 3). lasts(pour, 2). lasts(frame, 4). lasts(wire, 1). lasts(roof, 2).
waits(pour, dig). waits(frame, pour). waits(wire, frame). waits(roof, frame). waits(roof, wire).

done(Task, Hour) :-
    lasts(Task, Own),
    findall(Before, ( waits(Task, Other), done(Other, Before) ), Hours),
    max_list([0 | Hours], Start),
    Hour is Start + Own.

answer(Hour) :-
    findall(End, done(_, End), Ends),
    max_list(Ends, Hour).
