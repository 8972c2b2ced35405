; Two cars want to the other of two shores, a third one to an island.
; answer: plan
(define (problem exchange)
  (:domain ferry)
  (:objects van truck bus - car east west island - shore)
  (:init (at van east) (at truck west) (at bus east) (at-ferry island))
  (:goal (and (at van west) (at truck east) (at bus island))))
