; Two towers of two exchange their tops.
; answer: plan
(define (problem pair)
  (:domain blocks)
  (:objects red green blue grey - block)
  (:init (on red green) (on blue grey) (on-table green) (on-table grey)
         (clear red) (clear blue) (hand-empty))
  (:goal (and (on red grey) (on blue green))))
