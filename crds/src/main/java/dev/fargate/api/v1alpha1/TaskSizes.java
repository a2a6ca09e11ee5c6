package dev.fargate.api.v1alpha1;

/** The 74 pairs of cpu units and MiB of memory that Fargate runs, as a CEL rule (AWS-FACTS 3.1). */
public final class TaskSizes {

  /** True for exactly the 74 pairs; {@code self} has {@code cpu} and {@code memoryMiB}. */
  public static final String RULE =
      "self.cpu == 256 ? self.memoryMiB in [512, 1024, 2048] : self.cpu == 512 ? self.memoryMiB >="
          + " 1024 && self.memoryMiB <= 4096 && self.memoryMiB % 1024 == 0 : self.cpu == 1024 ?"
          + " self.memoryMiB >= 2048 && self.memoryMiB <= 8192 && self.memoryMiB % 1024 == 0 :"
          + " self.cpu == 2048 ? self.memoryMiB >= 4096 && self.memoryMiB <= 16384 &&"
          + " self.memoryMiB % 1024 == 0 : self.cpu == 4096 ? self.memoryMiB >= 8192 &&"
          + " self.memoryMiB <= 30720 && self.memoryMiB % 1024 == 0 : self.cpu == 8192 ?"
          + " self.memoryMiB >= 16384 && self.memoryMiB <= 61440 && self.memoryMiB % 4096 == 0 :"
          + " self.cpu == 16384 && self.memoryMiB >= 32768 && self.memoryMiB <= 122880 &&"
          + " self.memoryMiB % 8192 == 0";

  /** What to write instead. */
  public static final String MESSAGE =
      "Fargate has no such size; choose memoryMiB for the cpu: 256: 512, 1024 or 2048; 512: 1024 to"
          + " 4096 by 1024; 1024: 2048 to 8192 by 1024; 2048: 4096 to 16384 by 1024; 4096: 8192 to"
          + " 30720 by 1024; 8192: 16384 to 61440 by 4096; 16384: 32768 to 122880 by 8192";

  private TaskSizes() {}
}
