export {
  documentIdOf as testDocumentId,
  shelfDocument as testDocument,
} from '../simulation/shelf.ts';
