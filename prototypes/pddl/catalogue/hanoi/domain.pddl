; Discs lie on pegs or on larger discs; only the top one of a pile can be moved.
(define (domain hanoi)
  (:requirements :strips :typing)
  (:types place - object disc peg - place)
  (:predicates (lies ?d - disc ?p - place) (top ?p - place) (fits ?d - disc ?p - place))
  (:action move
    :parameters (?d - disc ?from - place ?to - place)
    :precondition (and (lies ?d ?from) (top ?d) (top ?to) (fits ?d ?to))
    :effect (and (lies ?d ?to) (top ?from) (not (lies ?d ?from)) (not (top ?to)))))
