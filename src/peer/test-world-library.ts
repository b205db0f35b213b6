export {
  documentIdOf as testDocumentId,
  Shelf as TestLibrary,
  shelfDocument as testDocument,
} from '../simulation/shelf.ts';
