package dev.fargate.operator.apply;

/** A write was about to be sent while another operator may lead: nothing was sent. */
public final class LeadershipLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeadershipLost() {
    super("this operator no longer leads");
  }
}
