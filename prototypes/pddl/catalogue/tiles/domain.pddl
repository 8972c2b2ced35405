; Numbered tiles slide into the one empty field of a board.
(define (domain tiles)
  (:requirements :strips :typing)
  (:types tile field - object)
  (:predicates (on ?t - tile ?f - field) (empty ?f - field) (next ?f - field ?g - field))
  (:action slide
    :parameters (?t - tile ?from - field ?to - field)
    :precondition (and (on ?t ?from) (empty ?to) (next ?from ?to))
    :effect (and (on ?t ?to) (empty ?from) (not (on ?t ?from)) (not (empty ?to)))))
