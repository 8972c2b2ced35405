; A ferry takes one car at a time from shore to shore.
(define (domain ferry)
  (:requirements :strips :typing :negative-preconditions :equality)
  (:types car shore - object)
  (:predicates (at ?c - car ?s - shore) (at-ferry ?s - shore) (aboard ?c - car) (loaded))
  (:action sail
    :parameters (?from - shore ?to - shore)
    :precondition (and (at-ferry ?from) (not (= ?from ?to)))
    :effect (and (at-ferry ?to) (not (at-ferry ?from))))
  (:action board
    :parameters (?c - car ?s - shore)
    :precondition (and (at ?c ?s) (at-ferry ?s) (not (loaded)))
    :effect (and (aboard ?c) (loaded) (not (at ?c ?s))))
  (:action debark
    :parameters (?c - car ?s - shore)
    :precondition (and (aboard ?c) (at-ferry ?s))
    :effect (and (at ?c ?s) (not (aboard ?c)) (not (loaded)))))
