; The same errands with one can less: there is no plan.
; answer: plan = "unsolvable"
(define (problem empty)
  (:domain delivery)
  (:objects book lamp - parcel blue - van depot mill pier - place can1 can2 - fuel)
  (:init (waits book depot) (waits lamp mill) (stands blue depot)
         (road depot mill) (road mill depot) (road mill pier) (road pier mill)
         (full can1) (full can2))
  (:goal (and (waits book pier) (waits lamp depot))))
