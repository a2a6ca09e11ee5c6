package dev.fargate.operator.validate;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The 74 pairs of CPU and memory that Fargate knows (AWS-FACTS 3.1). */
public final class FargateSizes {
  private static final Map<Integer, List<Integer>> MEMORY_BY_CPU =
      Map.of(
          256, List.of(512, 1024, 2048),
          512, range(1024, 4096, 1024),
          1024, range(2048, 8192, 1024),
          2048, range(4096, 16384, 1024),
          4096, range(8192, 30720, 1024),
          8192, range(16384, 61440, 4096),
          16384, range(32768, 122880, 8192));

  private FargateSizes() {}

  /**
   * @param cpu in units; 1024 = one vCPU
   */
  public static boolean exists(int cpu, int memoryMiB) {
    return MEMORY_BY_CPU.getOrDefault(cpu, List.of()).contains(memoryMiB);
  }

  /** What to write instead. */
  public static String fix(int cpu) {
    List<Integer> memory = MEMORY_BY_CPU.get(cpu);
    return memory == null
        ? "cpu is one of " + MEMORY_BY_CPU.keySet().stream().sorted().toList()
        : "use one of " + memory;
  }

  private static List<Integer> range(int first, int last, int step) {
    return IntStream.iterate(first, value -> value <= last, value -> value + step).boxed().toList();
  }
}
