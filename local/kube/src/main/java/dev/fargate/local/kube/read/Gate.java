package dev.fargate.local.kube.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Target;

/** Stands between the log and every watch: faults are injected here. */
public interface Gate {
  /** What becomes of one event on one watch. */
  enum Fate {
    /** The watcher gets it. */
    DELIVER,
    /** The watcher gets it, and all after it, later. */
    HOLD,
    /** The watcher never gets it. */
    DROP,
    /** The connection ends without it. */
    CUT,
    /** The connection ends with 410. */
    EXPIRE
  }

  /** Lets everything through. */
  Gate OPEN = (target, event) -> Fate.DELIVER;

  /** Decides; called again for a held event whenever the watch is looked at. */
  Fate fate(Target target, ObjectNode event);
}
