import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** Pictures that articles show: our copies of them (`path` and what follows), and which are to be asked for (`next_at`). */
export const images: SchemaChange = {
  name: '0015-images',
  statements(flavour) {
    const {
      text,
      number,
      counter: { onceOnly: counter },
      byKey,
      rows,
    } = sqlWords(flavour);
    return [
      `create table images (
        image ${counter},
        mark ${text} not null unique,
        url ${text} not null,
        source_id ${text} not null,
        path ${text},
        type ${text},
        width ${number},
        height ${number},
        bytes ${number},
        tries ${number} not null,
        code ${text},
        reason ${text},
        next_at ${text}
      )${rows}`,
      `create index images_by_time on images (tries, image) where next_at is not null`,
      `create index images_by_path on images (path) where path is not null`,
      `create table article_images (
        entry ${number} not null references articles (entry) on delete cascade,
        image ${number} not null references images (image) on delete cascade,
        primary key (entry, image)
      )${byKey}`,
      `create index article_images_by_image on article_images (image)`,
    ];
  },
};
