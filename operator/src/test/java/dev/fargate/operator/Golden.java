package dev.fargate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts that are too long for a test's source: they stand in a folder of the test
 * resources. With {@code -Dgolden.write} the present ones are written there instead, for a look at
 * the difference.
 */
public final class Golden {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private Golden() {}

  /** Whether texts are written, and nothing is compared. */
  public static boolean writes() {
    return System.getProperty("golden.write") != null;
  }

  /**
   * Fails when the text is another one than that of the file.
   *
   * @param file its path within the test resources
   */
  public static void assertText(String file, String text) {
    if (!writes()) {
      assertThat(text).as(file).isEqualTo(text(file));
      return;
    }
    try {
      Files.writeString(RESOURCES.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file of the test resources; fails when there is none. */
  public static String text(String file) {
    Path path = RESOURCES.resolve(file);
    assertThat(path).as("the expected text: -Dgolden.write writes it").exists();
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
