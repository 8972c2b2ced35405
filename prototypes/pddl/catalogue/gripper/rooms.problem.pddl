; Three balls go from the hall to the study, through the kitchen.
; answer: plan
(define (problem rooms)
  (:domain gripper)
  (:objects one two three - ball hall kitchen study - room left right - hand)
  (:init (in one hall) (in two hall) (in three kitchen) (robot-in study)
         (door hall kitchen) (door kitchen hall) (door kitchen study) (door study kitchen)
         (free left) (free right))
  (:goal (and (in one study) (in two study) (in three hall))))
