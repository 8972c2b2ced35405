; Three tiles of a board of two by three travel to other fields.
; answer: plan
(define (problem round)
  (:domain tiles)
  (:objects one two three four five - tile a b c d e f - field)
  (:init (on one a) (on two b) (on three c) (on four d) (on five e) (empty f)
         (next a b) (next b a) (next b c) (next c b) (next d e) (next e d) (next e f) (next f e)
         (next a d) (next d a) (next b e) (next e b) (next c f) (next f c))
  (:goal (and (on one e) (on two a) (on three d))))
