; Two tiles of a board of two by two cannot change places while the third stays.
; answer: plan = "unsolvable"
(define (problem swap)
  (:domain tiles)
  (:objects one two three - tile a b c d - field)
  (:init (on one a) (on two b) (on three c) (empty d)
         (next a b) (next b a) (next a c) (next c a) (next b d) (next d b) (next c d) (next d c))
  (:goal (and (on two a) (on one b) (on three c))))
