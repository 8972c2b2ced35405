% Dishes with prices and calories. Which three courses cost at most 20 and have least calories?
% answer: list[str] = ["salad", "fish", "fruit"]
starter(soup, 5, 210). starter(salad, 6, 120). starter(bread, 3, 260).
main(fish, 11, 340). main(pasta, 8, 560). main(curry, 9, 480).
dessert(cake, 4, 410). dessert(fruit, 3, 90). dessert(ice, 2, 250).

meal(S, M, D, Energy) :-
    starter(S, P1, E1), main(M, P2, E2), dessert(D, P3, E3),
    P1 + P2 + P3 =< 20,
    Energy is E1 + E2 + E3.

answer([S, M, D]) :-
    findall(Energy - [S0, M0, D0], meal(S0, M0, D0, Energy), Meals),
    msort(Meals, [_ - [S, M, D] | _]).
