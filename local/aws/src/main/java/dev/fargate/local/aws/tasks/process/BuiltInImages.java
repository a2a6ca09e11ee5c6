package dev.fargate.local.aws.tasks.process;

import dev.fargate.local.aws.tasks.process.faulty.Faulty;
import dev.fargate.local.aws.tasks.process.mongo.MongoPing;
import dev.fargate.local.aws.tasks.process.mongo.MongoStandIn;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The images this endpoint can run by itself: a MongoDB stand-in and one that misbehaves. */
public final class BuiltInImages {
  /** They are small programs that should start at once, beside many others. */
  private static final List<String> SMALL_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-Xss512k",
          "-Dslf4j.internal.verbosity=ERROR");

  /** One class of each library that the stand-in for MongoDB is made of. */
  private static final List<String> CLASSES =
      List.of(
          BuiltInImages.class.getName(),
          "de.bwaldvogel.mongo.MongoServer",
          "de.bwaldvogel.mongo.backend.memory.MemoryBackend",
          "io.netty.util.concurrent.Future",
          "io.netty.buffer.ByteBuf",
          "io.netty.channel.Channel",
          "io.netty.channel.unix.Socket",
          "io.netty.handler.codec.ByteToMessageDecoder",
          "io.netty.handler.ssl.SslHandler",
          "io.netty.resolver.AddressResolver",
          "org.slf4j.LoggerFactory");

  private BuiltInImages() {}

  /** To be put behind a caller's own table: {@code mine.or(BuiltInImages.table())}. */
  public static ImageTable table() {
    return ImageTable.of(
        new ImageTable.Entry(
            "mongo*",
            java("-Xmx192m", MongoStandIn.class, "{address}"),
            Map.of(),
            Map.of("mongosh", java("-Xmx16m", MongoPing.class, "{address}"))),
        new ImageTable.Entry("faulty", java("-Xmx2g", Faulty.class, "{tag}", "{address}")));
  }

  /**
   * Only what the small programs need: they start faster without the rest, and no logging library
   * of the endpoint writes into their logs.
   */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (String name : CLASSES) {
      try {
        Class<?> type = Class.forName(name, false, BuiltInImages.class.getClassLoader());
        places.add(
            Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      } catch (ClassNotFoundException | URISyntaxException e) {
        throw new IllegalStateException("the class path lacks " + name, e);
      }
    }
    return String.join(File.pathSeparator, places);
  }

  private static List<String> java(String heap, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(ImageTable.java(), heap));
    command.addAll(SMALL_JVM);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
