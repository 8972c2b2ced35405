; A robot with hands carries balls between rooms that are joined by doors.
(define (domain gripper)
  (:requirements :strips :typing)
  (:types ball room hand - object)
  (:predicates (in ?b - ball ?r - room) (robot-in ?r - room) (door ?r - room ?s - room)
               (free ?h - hand) (holds ?h - hand ?b - ball))
  (:action go
    :parameters (?from - room ?to - room)
    :precondition (and (robot-in ?from) (door ?from ?to))
    :effect (and (robot-in ?to) (not (robot-in ?from))))
  (:action take
    :parameters (?b - ball ?h - hand ?r - room)
    :precondition (and (in ?b ?r) (robot-in ?r) (free ?h))
    :effect (and (holds ?h ?b) (not (in ?b ?r)) (not (free ?h))))
  (:action drop
    :parameters (?b - ball ?h - hand ?r - room)
    :precondition (and (holds ?h ?b) (robot-in ?r))
    :effect (and (in ?b ?r) (free ?h) (not (holds ?h ?b)))))
