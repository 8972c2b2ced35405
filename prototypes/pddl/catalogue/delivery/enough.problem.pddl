; Two parcels, one van, and just enough fuel.
; answer: plan
(define (problem enough)
  (:domain delivery)
  (:objects book lamp - parcel blue - van depot mill pier - place can1 can2 can3 can4 - fuel)
  (:init (waits book depot) (waits lamp mill) (stands blue depot)
         (road depot mill) (road mill depot) (road mill pier) (road pier mill)
         (full can1) (full can2) (full can3) (full can4))
  (:goal (and (waits book pier) (waits lamp depot))))
