; A tower of three is to be turned upside down, with a fourth block under it.
; answer: plan
(define (problem tower)
  (:domain blocks)
  (:objects red green blue grey - block)
  (:init (on red green) (on green blue) (on-table blue) (on-table grey)
         (clear red) (clear grey) (hand-empty))
  (:goal (and (on blue green) (on green red) (on red grey))))
