package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mongodb://user:s3cret@db.phoenix.internal:27017/demoDB?authSource=admin | mongodb://***@db.phoenix.internal:27017/demoDB
          mongodb://user:s3cret@a:1,b:2,[::1]:3/demoDB | mongodb://***@a:1,b:2,[::1]:3/demoDB
          mongodb+srv://user:s3cret@db/ | mongodb+srv://***@db/
          mongodb://user:s3%40cret@db | mongodb://***@db
          mongodb://db:27017/demoDB | mongodb://db:27017/demoDB
          mongodb://db/?tlsCertificateKeyFilePassword=s3cret | mongodb://db/
          """)
  void anAddressIsShownWithoutCredentialsAndOptions(String uri, String shown) {
    assertThat(new DatabaseAddress(uri).redacted()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mongodb://user:s3cret",
        "mongodb://user:s3cret@",
        "mongodb://user:s3cret/x@db",
        "mongodb://user:1?s3cret@db",
        "mongodb://db/x?a=s3cret@y",
        "mongodb://user:x@s3cret@db",
        "postgres://user:s3cret@db",
        "s3cret",
        ""
      })
  void aMalformedAddressShowsNothing(String uri) {
    assertThat(new DatabaseAddress(uri).redacted()).isEqualTo("mongodb://***");
  }

  @Test
  void printingAnAddressShowsNoPassword() {
    assertThat(new DatabaseAddress("mongodb://user:s3cret@db")).hasToString("mongodb://***@db");
  }
}
