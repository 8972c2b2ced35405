; Vans bring parcels along roads; every drive uses up one can of fuel.
(define (domain delivery)
  (:requirements :strips :typing)
  (:types parcel van place fuel - object)
  (:predicates (waits ?p - parcel ?x - place) (stands ?v - van ?x - place) (inside ?p - parcel ?v - van)
               (road ?x - place ?y - place) (full ?f - fuel))
  (:action drive
    :parameters (?v - van ?x - place ?y - place ?f - fuel)
    :precondition (and (stands ?v ?x) (road ?x ?y) (full ?f))
    :effect (and (stands ?v ?y) (not (stands ?v ?x)) (not (full ?f))))
  (:action load
    :parameters (?p - parcel ?v - van ?x - place)
    :precondition (and (waits ?p ?x) (stands ?v ?x))
    :effect (and (inside ?p ?v) (not (waits ?p ?x))))
  (:action unload
    :parameters (?p - parcel ?v - van ?x - place)
    :precondition (and (inside ?p ?v) (stands ?v ?x))
    :effect (and (waits ?p ?x) (not (inside ?p ?v)))))
