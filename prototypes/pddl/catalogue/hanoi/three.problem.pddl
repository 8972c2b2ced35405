; Three discs go from the first peg to the third.
; answer: plan
(define (problem three)
  (:domain hanoi)
  (:objects small middle large - disc first second third - peg)
  (:init (lies small middle) (lies middle large) (lies large first)
         (top small) (top second) (top third)
         (fits small middle) (fits small large) (fits middle large)
         (fits small first) (fits small second) (fits small third)
         (fits middle first) (fits middle second) (fits middle third)
         (fits large first) (fits large second) (fits large third))
  (:goal (and (lies large third) (lies middle large) (lies small middle))))
