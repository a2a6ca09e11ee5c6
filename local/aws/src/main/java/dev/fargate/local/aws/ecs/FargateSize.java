package dev.fargate.local.aws.ecs;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes Fargate has (AWS-FACTS 3.1).
 *
 * @param cpuUnits 1024 = one vCPU
 */
record FargateSize(int cpuUnits, int memoryMiB) {
  private static final Pattern CPU = Pattern.compile("\\s*([0-9]*\\.?[0-9]+)\\s*(vcpu)?\\s*");
  private static final Pattern MEMORY = Pattern.compile("\\s*([0-9]*\\.?[0-9]+)\\s*(gb)?\\s*");

  /** What memory goes with a cpu value: from, to, step, in MiB. */
  private record Range(int from, int to, int step) {
    boolean holds(int mib) {
      return mib >= from && mib <= to && (mib - from) % step == 0;
    }
  }

  private static final Map<Integer, Range> RANGES =
      Map.of(
          512, new Range(1024, 4096, 1024),
          1024, new Range(2048, 8192, 1024),
          2048, new Range(4096, 16384, 1024),
          4096, new Range(8192, 30720, 1024),
          8192, new Range(16384, 61440, 4096),
          16384, new Range(32768, 122880, 8192));

  /** Reads "256" or ".25 vCPU" and "512" or "0.5 GB". */
  static FargateSize parse(String cpu, String memory) {
    FargateSize size = new FargateSize(number(CPU, cpu, "cpu"), number(MEMORY, memory, "memory"));
    if (!size.exists()) {
      throw EcsError.client("No Fargate configuration exists for given values.");
    }
    return size;
  }

  boolean exists() {
    if (cpuUnits == 256) {
      return memoryMiB == 512 || memoryMiB == 1024 || memoryMiB == 2048;
    }
    Range range = RANGES.get(cpuUnits);
    return range != null && range.holds(memoryMiB);
  }

  private static int number(Pattern pattern, String text, String field) {
    Matcher matcher = pattern.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw EcsError.client("Invalid '" + field + "' setting for task.");
    }
    double value = Double.parseDouble(matcher.group(1));
    return (int) Math.round(matcher.group(2) == null ? value : value * 1024);
  }
}
